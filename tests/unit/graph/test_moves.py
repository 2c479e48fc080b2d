"""`six.moves` of any copy of six."""

from __future__ import annotations

import pytest

from pybuild.resolve.model import Mode

from .conftest import Environment, Project


@pytest.mark.parametrize("six", ["six", "lib.vendored.six"])
def test_moves_bring_what_is_behind_them_and_are_not_missed(environment: Environment, project: Project, six: str) -> None:
    vendored = {"lib__": "", "lib__vendored__": "", "lib__vendored__six": ""}
    environment.install("lib", **(vendored if six != "six" else {"six": ""}))
    project.interpreter = environment.interpreter()
    project.write(
        main=f"""
        from {six}.moves import cPickle, range, http_client
        from {six}.moves.urllib.parse import quote
        import {six}.moves.configparser
        from {six} import moves
        """
    )
    graph = project.graph("main.py", mode=Mode.STANDALONE)
    assert {six, "pickle", "http.client", "urllib.parse", "configparser"} <= set(graph.modules)
    assert "@main.py" not in {item.edge.importer for item in graph.missing} and project.warnings == []
    if six != "six":  # of the whole of which package knowledge says what it may need
        assert "xmlrpc.client" not in graph.modules


def test_a_package_of_that_name_is_no_copy_of_six(project: Project) -> None:
    project.write(main="import acme.six.moves.nothing\n", acme__="", acme__six__="", acme__six__moves__="")
    assert [item.name for item in project.graph("main.py").missing] == ["acme.six.moves.nothing"]
