people = [{"name": "Ann", "age": 3}, {"name": "Bob"}, {"name": "Cy", "age": 1}]
print("start")
print(sorted(people, key=lambda person: (person["age"], person["name"])))
