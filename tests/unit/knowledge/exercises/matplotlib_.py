"""matplotlib: every file format, fonts, a style, mathematics."""

import io

import matplotlib.pyplot as plt

plt.style.use("ggplot")
plt.plot([1, 2, 3])
plt.text(0, 0, r"$\alpha$")
for form in ("png", "pdf", "svg", "ps", "jpg"):
    plt.savefig(io.BytesIO(), format=form)
plt.figure().add_subplot(projection="polar")
plt.figure().add_subplot(projection="3d")
