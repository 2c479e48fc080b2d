def compute(alpha, beta, gamma):
    return (alpha.value + beta.value) * (gamma.value - alpha.value) / (beta.other_value if beta else gamma.other_value) + alpha.missing_attribute_name


class V:
    value = other_value = 2


print(compute.__name__)
compute(V(), V(), V())
