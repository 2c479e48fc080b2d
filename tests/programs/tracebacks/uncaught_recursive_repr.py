class Node:
    def __init__(self, child=None):
        self.child = child

    def __repr__(self):
        return f"Node({self.child.label!r})"


print("start")
print([Node(Node())])
