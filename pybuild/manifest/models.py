"""The manifest as types: the single source of the schema, the reference page, the defaults and the validation.

Goes in: what tomli read.  Comes out: frozen, typed tables.  Every field has a description and a default (or is required);
what is known but has no stage yet carries `NotYet`.  Merging, conditions and positions know nothing of single fields:
they walk these classes.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, Strict, model_validator

from pybuild.manifest.fields import (
    AlsoCalled,
    Attribute,
    Expected,
    FileName,
    GlibcVersion,
    MergedBy,
    ModulePattern,
    ModulePatterns,
    NotYet,
    PosixPath,
    PosixPaths,
    Table,
    Tagged,
    Text,
    Texts,
    refuse,
)

PythonFlag = Literal[
    "no-asserts",
    "no-docstrings",
    "isolated",
    "use-environment",
    "unbuffered",
    "no-warnings",
    "utf8-mode",
    "dev-mode",
    "dont-write-bytecode",
    "static-hashes",
    "safe-path",
    "bytes-warning",
]
PYTHON_OPTIONS = {
    "-O": "no-asserts",
    "-OO": "no-docstrings",
    "-I": "isolated",
    "-u": "unbuffered",
    "-W ignore": "no-warnings",
    "-X utf8": "utf8-mode",
    "-X dev": "dev-mode",
    "-B": "dont-write-bytecode",
    "-P": "safe-path",
    "-b": "bytes-warning",
}


class VersionAttr(Table):
    """A version that a module's source assigns."""

    attr: Attribute = Field(
        description="`module.attribute`: a string that the module assigns at its top level. The module is parsed, never run."
    )


class VersionFile(Table):
    """A version that is the content of a file."""

    file: PosixPath = Field(description="A text file whose content, without surrounding blanks, is the version; relative to the manifest.")


class Product(Table):
    """What is built: its identity."""

    name: FileName | None = Field(
        None,
        description="Name of the product; a standalone folder is `NAME.dist`. "
        "Default: `[project] name`, else the name of the default (else first) entry point.",
    )
    version: Annotated[
        Text | VersionAttr | VersionFile | None, Tagged(), Expected('a string, { attr = "module.attribute" } or { file = "path" }')
    ] = Field(
        None,
        description='Version: a string, `{ attr = "acme.__version__" }` or `{ file = "VERSION" }`, both read without running code. '
        "Default: `[project] version`.",
    )
    description: Text | None = Field(None, description="One line about the product. Default: `[project] description`.")
    license: Text | None = Field(None, description="Licence, as an SPDX expression. Default: `[project] license`.")
    company: Text | None = Field(None, description="Who makes the product.")
    copyright: Text | None = Field(None, description="The copyright notice.")
    icon: Annotated[PosixPath | None, NotYet()] = Field(None, description="Icon of the program, for systems that show one.")


class Build(Table):
    """What is made, from where, for which Python."""

    mode: Annotated[
        Literal["accelerated", "standalone", "onefile", "app", "module", "package", "wheel"],
        NotYet(
            values=("onefile", "app", "module", "package", "wheel"),
            note="A single file, a macOS bundle, an extension module, a package of them, a wheel.",
        ),
        AlsoCalled({"folder": "standalone", "onedir": "standalone", "one-dir": "standalone", "one-folder": "standalone"}),
    ] = Field(
        "standalone",
        description="What is packaged: `accelerated` is one executable that uses the Python installation it was built with; "
        "`standalone` is a folder that runs without Python.",
    )
    output_dir: PosixPath = Field("dist", description="Where results go; relative to the manifest.")
    source_roots: PosixPaths = Field(
        (), description="Folders in which first-party modules live. Default: `src` if there is one, else the manifest's folder."
    )
    python: PosixPath | None = Field(
        None,
        description="The interpreter that is built for, or its virtual environment; relative to the manifest. "
        "Default: `$VIRTUAL_ENV`, `.venv` beside the manifest, else pybuild's own Python. "
        "May not depend on a condition on `python_*` or `implementation_*`.",
    )
    libpython: Annotated[Literal["auto", "static", "shared"], AlsoCalled({"dynamic": "shared"})] = Field(
        "auto", description="How libpython is linked; `auto` takes the static library where there is one that can be linked."
    )
    keep_source: bool = Field(False, description="Embed the sources, for `inspect` and for the lines in tracebacks.")
    entry_points: Annotated[
        Literal["project.scripts"] | Texts | None,
        Expected('"project.scripts" or an array of names from [project.scripts] and [project.gui-scripts]'),
    ] = Field(
        None,
        description='`"project.scripts"` takes all of `[project.scripts]` and `[project.gui-scripts]`, an array takes these names '
        "from them. Default: all of them when the manifest has no `[[entry-point]]`.",
    )
    entry_override: bool = Field(
        True, description="Whether the environment variable `PYBUILD_ENTRY_POINT` may choose the entry point at run time."
    )
    python_flags: Annotated[tuple[PythonFlag, ...], Strict(False), AlsoCalled(PYTHON_OPTIONS)] = Field(
        (),
        description="How the program's interpreter is set up: `no-asserts` (-O), `no-docstrings` (with no-asserts: -OO), "
        "`isolated` (-I; the default), `use-environment` (PYTHON* variables count), `unbuffered` (-u), `no-warnings` (-W ignore), "
        "`utf8-mode` (-X utf8), `dev-mode` (-X dev), `dont-write-bytecode` (-B), `static-hashes` (PYTHONHASHSEED=0), "
        "`safe-path` (-P), `bytes-warning` (-b).",
    )


class EntryPoint(Table):
    """One program of the binary."""

    name: Text = Field(description="The basename of `argv[0]` that starts it; unique. Entry points merge by this name.")
    run: Text = Field(
        description="What is run: `module:function`, a module (run as `__main__`; a package: its `__main__`), "
        "or a script's path (it ends in `.py` or has a `/` in it)."
    )
    aliases: Texts = Field((), description="Further names that start it.")
    default: bool = Field(False, description="Taken when `argv[0]` matches no name; at most one.")


class Rule(Table):
    """What happens when one module imports another."""

    module: ModulePattern = Field(description="Pattern of the imported module.")
    from_: ModulePattern | None = Field(None, description="Pattern of the importing module. Default: any.")
    action: Annotated[
        Literal["include", "exclude", "warn", "error"],
        AlsoCalled({"ignore": "exclude", "skip": "exclude", "drop": "exclude", "allow": "include", "deny": "error", "forbid": "error"}),
    ] = Field(description="What to do about the import.")


class Modules(Table):
    """Which modules are in the program.

    Patterns: `a` is a and its submodules, `a.*` one level below, `a.**` a and everything below, `**.tests` anywhere.
    """

    include: ModulePatterns = Field((), description="Modules beyond what imports show.")
    exclude: ModulePatterns = Field((), description="Modules that are left out whatever imports them; beats rules, which beat `include`.")
    native: Annotated[ModulePatterns | None, Expected("an array of module patterns")] = Field(
        None,
        description="Modules that are translated to machine code; `[]` for none: everything is embedded as bytecode. "
        "Default: the modules below the source roots, and the entry points' scripts.",
    )
    native_hot: bool = Field(
        True, description="With a record (see `[hints]`): functions of other modules that it shows to be hot are translated, too."
    )
    bytecode: ModulePatterns = Field((), description="Modules that are embedded as bytecode and not translated; beats `native`.")
    rule: Annotated[tuple[Rule, ...], Strict(False)] = Field((), description="What to do about single imports.")


class Data(Table):
    """Data files that the program needs: from a path (`from`, `to`) or of a package (`package`, `patterns`, `exclude`)."""

    from_: PosixPath | None = Field(
        None, description="A file, a folder or a glob (`**` crosses folders), relative to the manifest; matching nothing is an error."
    )
    to: Text | None = Field(
        None,
        description="Where it goes, relative to the program's folder (`./`); required with `from`. A file to `x/` keeps its name, "
        "to `x` it is renamed; a folder's contents go into `to`; a glob keeps the structure below its last literal folder.",
    )
    package: Text | None = Field(None, description="A package whose data files are taken; they keep their place in it.")
    patterns: PosixPaths = Field(
        (), description="Globs below the package's folder. Default: every file that is not code; with `exclude`: none."
    )
    exclude: PosixPaths = Field(
        (),
        description="Globs below the package's folder: files that are left out of those that come by themselves "
        "(what lies beside modules that open files, and what is known of the package); `patterns` beats it.",
    )

    @model_validator(mode="after")
    def _one_kind(self) -> Data:
        if self.from_ is not None and self.package is not None:
            refuse("[[data]] has both `from` and `package`", "write two [[data]] tables")
        if self.from_ is None and self.package is None:
            refuse("[[data]] needs `from` or `package`")
        if self.from_ is not None and self.to is None:
            refuse("[[data]] with `from` needs `to`", "`./` is the program's folder")
        if self.from_ is not None and self.patterns:
            refuse("`patterns` belongs to `package`", "put the glob into `from`")
        if self.from_ is not None and self.exclude:
            refuse("`exclude` belongs to `package`", "write globs into `from` that match what is wanted")
        if self.package is not None and self.to is not None:
            refuse("`to` belongs to `from`: data files of a package keep their place in it", "remove `to`")
        return self


class Library(Table):
    """Shared libraries and executables beyond what the headers of extension modules show."""

    from_: PosixPath = Field(description="A file or a glob, relative to the manifest; its own dependencies are copied too.")


class Pgo(Table):
    """Profile-guided optimisation."""

    command: Texts = Field(
        min_length=1,
        description="Command that exercises the instrumented program, run in the manifest's folder. A word that is the path of a program "
        "that is built (`./dist/acme`) means the instrumented one, which the environment variable `PYBUILD_PROGRAM` names, too.",
    )


class Compiler(Table):
    """The C compiler and how it is called."""

    cc: Text = Field("auto", description="`auto`, `gcc`, `clang`, `zig`, or a compiler's path.")
    optimize: Annotated[
        Literal["size", "speed", "debug"],
        AlsoCalled({"fast": "speed", "O2": "speed", "O3": "speed", "small": "size", "Os": "size", "O0": "debug"}),
    ] = Field("speed", description="What the C compiler optimises for.")
    launcher: Texts = Field((), description="Words put before every compile command: `ccache`, `sccache`, `distcc`, `icecc`.")
    jobs: Annotated[Literal["auto"] | Annotated[int, Field(ge=1)], Expected('"auto" or a whole number from 1')] = Field(
        "auto", description="How many things are done at once; `auto`: as many as there are processors."
    )
    lto: Annotated[Literal["auto"] | bool, Expected('"auto", true or false')] = Field(
        "auto", description="Link-time optimisation of the program's C; `auto`: where it is worth its time."
    )
    pgo: Annotated[Literal[False] | Pgo, Expected('false or { command = ["..."] }')] = Field(
        False,
        description="`false`, or how the C compiler's profile is made: the program is built instrumented, "
        'the command runs it, and it is built again: `{ command = ["./dist/acme", "--bench"] }`.',
    )
    cflags: Texts = Field((), description="Further options for every compile command.")
    ldflags: Texts = Field((), description="Further options for the link command.")
    count: bool = Field(
        False,
        description="A counting build: when the program ends, it tells which share of its own calls and loop iterations ran natively: "
        "in the file that the environment variable `PYBUILD_COUNTS` names, else in a line on stderr.",
    )


class Linux(Table):
    """What only Linux knows."""

    max_glibc: GlibcVersion | None = Field(
        None,
        description="The newest glibc that any shipped file may need, like `2.28`; exceeding it is an error that names file and symbol.",
    )


class Compression(Table):
    """How the payload is compressed."""

    level: Annotated[int, Field(ge=1, le=22)] = Field(19, description="zstd's level.")


class OneFile(Table):
    """The single file."""

    tempdir: PosixPath = Field("{CACHE_DIR}/{COMPANY}/{PRODUCT}/{VERSION}", description="Where files go that must exist on disk.")
    compression: Compression = Field(Compression.model_construct(), description="How the payload is compressed.")
    verify: Literal["stamp", "full"] = Field("stamp", description="What a later start checks of files that are already extracted.")
    keep: Annotated[int, Field(ge=0)] = Field(2, description="Older versions left in the cache.")
    compact: bool = Field(False, description="Compress the executable itself as well.")


class Guards(Table):
    """The deployment guards, each with its own switch."""

    self_execution: bool = Field(True, description="A child started as `sys.executable -c` or `-m`.")
    excluded_module_usage: bool = Field(True, description="Importing what the manifest excluded says which rule did it.")
    missing_module_help: bool = Field(True, description="A missing module's error says what to add.")
    missing_data_help: bool = Field(True, description="A missing data file's error names the `[[data]]` line that would add it.")
    fork_bomb: bool = Field(True, description="A depth counter in the environment stops a program that starts itself without end.")
    segfault: bool = Field(True, description="Tracebacks for crashes in C.")


class Deployment(Table):
    """How the program behaves where it is deployed."""

    guards: Annotated[Literal[False] | Guards, Expected("false or a table of guards")] = Field(
        Guards.model_construct(), description="`false` turns all of them off."
    )


class Hints(Table):
    """Records of what runs of the program did."""

    files: PosixPaths = Field(
        (), description="Files written by `pybuild record`, relative to the manifest; what they saw decides what native code expects."
    )
    use: Annotated[Literal["extend", "restrict"], NotYet()] = Field(
        "extend", description="`extend` adds what the run needed; `restrict` also drops what no run needed."
    )


class Report(Table):
    """What is written about a build."""

    formats: Annotated[tuple[Literal["html", "xml", "markdown", "json"], ...], Strict(False)] = Field(
        (), description="Formats of the report."
    )


class Windows(Table):
    """What only Windows knows."""

    console: Literal["force", "disable", "attach", "hide"] = Field("force", description="Whether the program has a console.")


class MacOS(Table):
    """What only macOS knows."""

    bundle_identifier: Text | None = Field(None, description="The bundle's identifier, like `com.acme.tools`.")


class Manifest(Table):
    """Every table: the merged manifest, and equally what a target or profile section may hold."""

    product: Product = Field(Product.model_construct(), description="Identity of what is built.")
    build: Build = Field(Build.model_construct(), description="What is made, from where, for which Python.")
    entry_point: Annotated[tuple[EntryPoint, ...], Strict(False), MergedBy("name")] = Field((), description="The programs in the binary.")
    modules: Modules = Field(Modules.model_construct(), description="Which modules are in the program.")
    data: Annotated[tuple[Data, ...], Strict(False)] = Field((), description="Data files.")
    library: Annotated[tuple[Library, ...], Strict(False)] = Field((), description="Shared libraries and executables.")
    onefile: Annotated[OneFile | None, NotYet()] = Field(None, description="The single file.")
    deployment: Annotated[Deployment | None, NotYet()] = Field(None, description="How the program behaves where it is deployed.")
    compiler: Compiler = Field(Compiler.model_construct(), description="The C compiler and how it is called.")
    hints: Hints = Field(Hints.model_construct(), description="Records of what runs of the program did.")
    report: Annotated[Report | None, NotYet()] = Field(None, description="What is written about a build.")
    linux: Linux = Field(Linux.model_construct(), description="What only Linux knows.")
    windows: Annotated[Windows | None, NotYet()] = Field(None, description="What only Windows knows.")
    macos: Annotated[MacOS | None, NotYet()] = Field(None, description="What only macOS knows.")


class Profile(Manifest):
    """Any table again, taken with `--profile`."""

    inherits: Text | None = Field(None, description="The profile that comes before this one. Default: `default`.")
    target: dict[str, Manifest] = Field({}, description="Tables of this profile for one system or marker.")


class Document(Manifest):
    """A manifest as it is written: the tables, and the sections that change them."""

    target: dict[str, Manifest] = Field(
        {}, description="Any table above for one system (`windows`, `linux`, `macos`, `freebsd`, ...) or any PEP 508 marker."
    )
    profile: dict[str, Profile] = Field({}, description="Any table above, chosen with `--profile`.")
