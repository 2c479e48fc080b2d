grid = [[0] * 3 for _ in range(3)]


def neighbours(x, y):
    return grid[x - 1][y] + grid[x + 1][y] + grid[x][y - 1] + grid[x][y + 1]


print(neighbours(1, 1))
print(sum(neighbours(x, y) for x in range(3) for y in range(3)))
