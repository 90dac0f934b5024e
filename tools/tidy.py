#!/usr/bin/env python3
"""Compares the tree with what ARCHITECTURE.md and STYLE.md promise of it. Prints each difference; exits 1 if any.

    tools/tidy.py               checks
    tools/tidy.py --routes      prints the table for docs/api.md, from src/api/routes.cpp

Each rule is a function from the tree's root to a list of differences; tools/tidy_test.py shows each one fail.
"""

import pathlib
import re
import subprocess
import sys

HEADER_LINES_MAX = 150  # STYLE.md; a function over 60 lines is found by clang-tidy
SOURCE_LINES_MAX = 400
README_LINES_MAX = 90

# Every exception names its reason. One that is no longer needed is reported, so that none stays behind.
LONG_FILES = {
    "src/main/surfaces_test.cpp": "a few lines for each surface there is",
    "src/web/pages.h": "one line for each page",
}
NO_TEST_BESIDE = {
    "src/base/log.cpp": "hands words to spdlog; seen in every scenario",
    "src/main/*": "wiring and commands; the scenarios start the program",
    "src/net/io_thread.cpp": "what a thread shares; seen by every test of server, stream and WebSocket",
    "src/app/outgoing.cpp": "link_verifier_test.cpp asks others by it",
    "src/app/compose.cpp": "publish_test.cpp and edit_test.cpp compose every post",
    "src/app/notify.cpp": "block_test.cpp and notifications_test.cpp see who is told",
    "src/app/relations.cpp": "block_test.cpp and follow_test.cpp read every relation",
    "src/store/audit.cpp": "moderate_test.cpp in app/ reads what was done",
    "src/store/bookmarks.cpp": "keep_test.cpp in app/ keeps and lists",
    "src/store/email_blocks.cpp": "moderate_test.cpp in app/ blocks and lets in",
    "src/web/photo_values.cpp": "photos_test.cpp shows every kind",
    "src/store/photos.cpp": "photos_test.cpp in app/ uploads, shows and erases",
    "src/app/refuse.cpp": "accounts_test.cpp and photos_test.cpp are refused by it",
    "src/api/photo_entity.cpp": "photos_test.cpp reads every key",
    "src/store/held_posts.cpp": "rules_test.cpp in app/ holds and releases",
    "src/store/markers.cpp": "notifications_test.cpp in app/ reads from a mark on",
    "src/store/occasions.cpp": "occasions_test.cpp in app/ plans and ends them",
    "src/store/pins.cpp": "keep_test.cpp in app/ pins and unpins",
    "src/store/posting_rules.cpp": "rules_test.cpp in app/ adds and removes",
    "src/store/reports.cpp": "report_test.cpp in app/ reports and closes",
    "src/store/strikes.cpp": "moderate_test.cpp in app/ tells and takes back",
    "src/web/moderate.cpp": "moderation_test.cpp presses every button",
    "src/store/takedowns.cpp": "moderate_test.cpp and erase_test.cpp in app/ take down and restore",
    "src/store/relations.cpp": "blocks_test.cpp, follows_test.cpp and mutes_test.cpp read every relation",
    "src/store/sql/checkpointer.cpp": "runs behind every write; faults_test.cpp cuts the power under it",
    "src/store/sql/file_methods.cpp": "gathered_log_test.cpp, kept_mapping_test.cpp and write_in_steps_test.cpp take files over",
    "src/store/sql/connection.cpp": "access_test.cpp and database_test.cpp ask through it",
    "src/store/sql/data_lock.cpp": "database_test.cpp opens one folder twice",
    "src/store/sql/error.cpp": "access_test.cpp and faults_test.cpp see each kind",
    "src/store/sql/readers.cpp": "database_test.cpp reads on many threads",
    "src/store/sql/rows.cpp": "access_test.cpp goes through rows",
    "src/store/sql/statement.cpp": "access_test.cpp binds and reads every type",
    "src/store/sql/value.cpp": "access_test.cpp binds lists",
    "src/store/sql/writer.cpp": "database_test.cpp and faults_test.cpp: batches, savepoints, failing disks",
}
# Folders of the table that are on their way. Empty when all are there.
COMING = []


# --- the tree -------------------------------------------------------------------------------------

def files(root, *patterns):
    """What git knows or would add, as paths from the root; all files where there is no git."""
    if (root / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"],
                                cwd=root, capture_output=True, text=True, check=True).stdout.splitlines()
    else:
        listed = [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]
    found = sorted(pathlib.PurePath(name) for name in set(listed) if (root / name).is_file())
    return [path for path in found if not patterns or any(path.match(pattern) for pattern in patterns)]


def sources(root):
    return [path for path in files(root, "*.h", "*.cpp") if path.parts[0] == "src"]


def folder_of(path):
    return "/".join(path.parts[1:-1])


def text(root, path):
    return (root / path).read_text(encoding="utf-8", errors="replace")


def tiers(root):
    """folder -> tier, from the one table of ARCHITECTURE.md whose rows are `| tier | `folder/` | ...`."""
    page = root / "ARCHITECTURE.md"
    rows = re.findall(r"^\|\s*(\d+)\s*\|\s*`([a-z_/]+)/`\s*\|", page.read_text(), re.M) if page.exists() else []
    return {folder: int(tier) for tier, folder in rows}


def excused(path, reasons):
    return next((pattern for pattern in reasons if path.match(pattern)), None)


def unused(reasons, used, rule):
    return [f"tools/tidy.py: {rule}: {pattern} needs no exception any more" for pattern in reasons if pattern not in used]


# --- rules ----------------------------------------------------------------------------------------

def folders_are_in_the_table(root):
    table = tiers(root)
    if not table:
        return ["ARCHITECTURE.md: no table of folders, with rows like | 0 | `base/` | ... |"]
    there = {folder_of(path) for path in sources(root)}
    build = text(root, "CMakeLists.txt") if (root / "CMakeLists.txt").exists() else ""
    wrong = [f"src/{folder}: not in the table of ARCHITECTURE.md" for folder in sorted(there - table.keys())]
    wrong += [f"ARCHITECTURE.md: src/{folder} is in the table and not in the tree"
              for folder in sorted(table.keys() - there) if folder not in COMING]
    compiled = {folder_of(path) for path in sources(root) if path.suffix == ".cpp"}
    wrong += [f"src/{folder}: CMakeLists.txt has no hoopoe_folder({folder} ...)"
              for folder in sorted(compiled) if not re.search(rf"hoopoe_\w+\({folder}[\s)]", build)]
    return wrong


def is_generated(name):
    """Made by the build: see cmake/embed.cmake."""
    return name.parts[0] == "embedded" or name.suffix == ".inc"


def is_test(path):
    return path.stem.endswith("_test") or path.stem.startswith("test_") or path.parts[0] == "tests"


def includes_point_down(root):
    table, wrong = tiers(root), []
    for path in sources(root):
        here = folder_of(path)
        for number, line in enumerate(text(root, path).splitlines(), 1):
            found = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
            if not found:
                continue
            name = pathlib.PurePath(found[1])
            if is_generated(name) or (is_test(path) and name.parts[0] == "tests" and (root / name).is_file()):
                continue
            there = "/".join(name.parts[:-1])
            if not (root / "src" / name).is_file():
                wrong.append(f'{path}:{number}: "{name}" is no file of src/ (quotes are for ours, from src/)')
            elif there != here and here in table and table.get(there, 99) >= table[here]:
                wrong.append(f"{path}:{number}: {here}/ (tier {table[here]}) must not know {there}/ "
                             f"(tier {table.get(there, '?')}): includes point to a lower tier")
    return wrong


def files_are_short(root):
    wrong, used = [], set()
    for path in sources(root):
        limit = HEADER_LINES_MAX if path.suffix == ".h" else SOURCE_LINES_MAX
        lines = text(root, path).count("\n")
        if lines <= limit:
            continue
        pattern = excused(path, LONG_FILES)
        used.add(pattern)
        if not pattern:
            wrong.append(f"{path}: {lines} lines, over {limit}: split it, or give a reason in tools/tidy.py")
    return wrong + unused(LONG_FILES, used, "LONG_FILES")


def headers_are_guarded(root):
    wrong = []
    for path in sources(root):
        code = [line for line in text(root, path).splitlines() if line.strip() and not line.startswith("//")]
        if path.suffix == ".h" and code[:1] != ["#pragma once"]:
            wrong.append(f"{path}: does not start with #pragma once")
    return wrong


def tests_are_beside(root):
    wrong, used = [], set()
    names = {str(path) for path in sources(root)}
    for path in sources(root):
        if path.suffix != ".cpp" or path.stem.endswith("_test"):
            continue
        if str(path.with_name(path.stem + "_test.cpp")) in names:
            continue
        pattern = excused(path, NO_TEST_BESIDE)
        used.add(pattern)
        if not pattern:
            wrong.append(f"{path}: no {path.stem}_test.cpp beside it, nor a reason in tools/tidy.py")
    folders = {folder_of(path) for path in sources(root)}
    known = {p: r for p, r in NO_TEST_BESIDE.items() if folder_of(pathlib.PurePath(p)) in folders}
    return wrong + unused(known, used, "NO_TEST_BESIDE")


def readme_is_short(root):
    lines = text(root, "README.md").count("\n") if (root / "README.md").exists() else 0
    return [f"README.md: {lines} lines, over {README_LINES_MAX}"] if lines > README_LINES_MAX else []


def anchor(heading):
    """The fragment that a forge gives to a heading."""
    plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def links_resolve(root):
    wrong = []
    for page in files(root, "*.md"):
        body = re.sub(r"^```.*?^```", "", text(root, page), flags=re.M | re.S)
        for target in re.findall(r"\]\(([^)\s]+)\)", body):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, fragment = target.partition("#")
            other = (root / page.parent / name) if name else root / page
            if not other.exists():
                wrong.append(f"{page}: the link to {target} leads nowhere")
            elif fragment and fragment not in map(anchor, re.findall(r"^#+ (.*)$", other.read_text(), re.M)):
                wrong.append(f"{page}: {name or page} has no heading #{fragment}")
    return wrong


def paths_exist(root):
    """A path in backticks in a top page is one of the tree, unless it has a <placeholder> or its folder is coming."""
    wrong = []
    for page in files(root, "*.md"):
        if len(page.parts) > 1 and page.parts[0] != "docs":
            continue
        for name in re.findall(r"`((?:src|bin|tools|tests|bench|docs|\.ci)/[\w./-]*)[^`]*`", text(root, page)):
            tier_folder = pathlib.PurePath(name).parts[1:2]
            awaited = tier_folder and tier_folder[0] in COMING and not (root / "src" / tier_folder[0]).is_dir()
            if not (root / name).exists() and not awaited:
                wrong.append(f"{page}: `{name}` is not in the tree")
    return wrong


# Hosts by a part of their names: which mirror a machine installs from is its own business.
REGISTRY = re.compile(r"https?://[^/\s\"']*(registry|npmjs|yarnpkg|pypi|pythonhosted|crates|rubygems)[^/\s\"']*")


def no_registry_hosts(root):
    wrong = []
    for path in files(root):
        for number, line in enumerate(text(root, path).splitlines(), 1):
            if REGISTRY.search(line):
                wrong.append(f"{path}:{number}: names the host of a package registry")
            elif path.name == "package-lock.json" and '"resolved"' in line:
                wrong.append(f"{path}:{number}: a resolved address (npm install with the .npmrc beside it leaves none)")
    return wrong


ROUTE = re.compile(r"\b(get|post|put|patch|delete|del)(?:_|\b)[^\"\n;]{0,40}?\"(/[^\"]*)\"", re.I)


def routes(root):
    """(method, path) of each row in src/api/routes.cpp, in its order."""
    found = ROUTE.findall(text(root, "src/api/routes.cpp"))
    return [(method.upper().replace("DEL", "DELETE") if method.upper() == "DEL" else method.upper(), path)
            for method, path in found]


def routes_are_documented(root):
    if not (root / "src/api/routes.cpp").exists():
        return []
    code = routes(root)
    if not code:
        return ['src/api/routes.cpp: no rows found that have a method and "/a/path" on one line']
    page = root / "docs/api.md"
    written = re.findall(r"^\|\s*([A-Z]+)\s*\|\s*`([^`]+)`", page.read_text(), re.M) if page.exists() else []
    wrong = [f"docs/api.md: {method} {path} is missing (tools/tidy.py --routes prints the table)"
             for method, path in code if (method, path) not in written]
    return wrong + [f"docs/api.md: {method} {path} is not routed" for method, path in written if (method, path) not in code]


RULES = [folders_are_in_the_table, includes_point_down, files_are_short, headers_are_guarded, tests_are_beside,
         readme_is_short, links_resolve, paths_exist, no_registry_hosts, routes_are_documented]


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    if sys.argv[1:] == ["--routes"]:
        print("| method | path |\n| --- | --- |")
        print("\n".join(f"| {method} | `{path}` |" for method, path in routes(root)))
        return 0
    wrong = [line for rule in RULES for line in rule(root)]
    print("\n".join(wrong), end="\n" if wrong else "", file=sys.stderr)
    print(f"tidy: {len(RULES)} rules, {len(sources(root))} sources, {len(wrong)} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
