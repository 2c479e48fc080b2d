"""TOML read by Python code: the standard library's `tomllib` as the program's own (in the manner of pyperformance's tomli_loads)."""

import harness
import own_tomllib


def document(size):
    """A manifest with tables, arrays of tables, dates, strings of all kinds."""
    lines = ['title = "generated"', "created = 2024-02-29T12:30:00Z", "", "[owner]", "name = 'Ana'", 'bio = """', "Several", 'lines."""']
    for n in range(size):
        lines += [
            "",
            f"[servers.s{n}]",
            f'ip = "10.0.{n // 250}.{n % 250}"',
            f"ports = [{n + 8000}, {n + 8001}, # a comment",
            f"  {n + 8002}]",
            f"load = {n / 7:.4f}",
            f"enabled = {'true' if n % 3 else 'false'}",
            f'limits = {{ cpu = {n % 16}, memory = "{n}\\tMB", "quoted key" = 0x{n:x} }}',
            "[[job]]",
            f'name = "job-{n}"',
            f"after = [\"job-{n // 2}\", 'job-{n // 3}']",
        ]
    return "\n".join(lines) + "\n"


_DOCUMENT = document(120)


def work():
    """Check: sums over the result."""
    result = {}
    for _ in range(10):
        result = own_tomllib.loads(_DOCUMENT)
    servers = result["servers"].values()
    return len(result["job"]), sum(map(sum, (server["ports"] for server in servers))), sum(server["load"] for server in servers)


if __name__ == "__main__":
    harness.main(work)
