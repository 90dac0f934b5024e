#!/usr/bin/env python3
"""clang-tidy over every source file, and every header read before any other; in parallel, with a memory.

    tools/lint.py BUILD_FOLDER [--tests]    one that has compile_commands.json; the tests' sources when asked for

What passed is remembered in build/check-cache under a key of all that the answer depends on: the file
and the project's headers it reaches, the command, .clang-tidy, the versions of the installed packages.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CACHE = ROOT / "build" / "check-cache"
SECONDS_MAX = 900  # for one file; the slowest so far, with all of Beast, takes a sixth of that
FIRST_INCLUDE = re.compile(rb"^\s*#\s*include\s+(\S+)", re.M)
INCLUDE = re.compile(rb'^\s*#\s*include\s+"([^"]+)"', re.M)


def reached(path, seen):
    """The project's files that a file includes, itself among them, into `seen`: path -> bytes."""
    if path in seen or not path.is_file():
        return seen
    seen[path] = path.read_bytes()
    for name in INCLUDE.findall(seen[path]):
        reached(ROOT / "src" / name.decode(), seen)
    return seen


def machine():
    """What is outside of the project and yet decides an answer: compiler and library versions."""
    packages = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}\n"], capture_output=True, check=True)
    wanted = [line for line in packages.stdout.splitlines() if re.match(rb"(clang|lib\S+-dev)", line)]
    return b"\n".join(wanted) + (ROOT / ".clang-tidy").read_bytes()


class Job:
    def __init__(self, what, path, command, outside):
        self.name = f"{what} {path.relative_to(ROOT)}"
        self.command = command
        key = hashlib.sha256(outside + " ".join(command).replace(str(ROOT), ".").encode())
        files = reached(path, {})
        self.weight = sum(len(content) for content in files.values())
        for file, content in sorted(files.items()):
            key.update(str(file.relative_to(ROOT)).encode() + b"\0" + content + b"\0")
        self.mark = CACHE / key.hexdigest()

    def run(self):
        """None when it passes, else what the tool says."""
        try:
            done = subprocess.run(self.command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS_MAX)
        except subprocess.TimeoutExpired:
            return f"no answer within {SECONDS_MAX} s"
        if done.returncode != 0:
            return (done.stdout + done.stderr).strip()
        self.mark.touch()
        return None


def is_test(path):
    """Test sources, and the headers that only they include: they are compiled with more folders to look in."""
    stem = path.stem
    return stem.endswith("_test") or stem.startswith("test_") or "tests" in path.relative_to(ROOT).parts


def is_read_first(header):
    """Its own source includes it before anything else, which shows as much as compiling it alone."""
    source = header.with_suffix(".cpp")
    first = FIRST_INCLUDE.search(source.read_bytes()) if source.is_file() else None
    return first is not None and first[1].decode() == f'"{header.relative_to(ROOT / "src")}"'


def jobs(build, with_tests):
    commands = json.loads((build / "compile_commands.json").read_text())
    outside = machine()
    flags_of = {}  # (folder, is it a test) -> the flags its sources are compiled with
    for entry in commands:
        path = pathlib.Path(entry["file"])
        if path.suffix != ".cpp":
            continue
        words = shlex.split(entry["command"])
        flags = [w for w in words if w.startswith(("-I", "-D", "-std", "-W", "-f")) or w == "-isystem" or "/" in w]
        flags = [w for w in flags if w != str(path) and not w.endswith((".o", "ccache", "clang++-19"))]
        flags_of.setdefault((path.parent, is_test(path)), flags)
        flags_of.setdefault(is_test(path), flags)
        if is_test(path) and not with_tests:
            continue
        # The command is in the key through the flags: clang-tidy itself reads it from the build folder.
        # Tests are read, not raced.
        relaxed = ["--checks=-performance-*"] if is_test(path) else []
        yield Job("clang-tidy", path, ["clang-tidy-19", "--quiet", *relaxed, "-p", str(build), str(path)],
                  outside + " ".join(flags).replace(str(ROOT), ".").encode())
    for path in sorted((ROOT / "src").rglob("*.h")):
        if is_read_first(path):
            continue
        flags = flags_of.get((path.parent, is_test(path)), flags_of[is_test(path)])
        yield Job("header alone", path, ["clang++-19", "-fsyntax-only", "-x", "c++-header", *flags, str(path)], outside)


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    CACHE.mkdir(parents=True, exist_ok=True)
    everything = list(jobs(build, "--tests" in sys.argv))
    todo = [job for job in everything if not job.mark.exists()]
    # The ones that reach the most first, so that the last one does not run alone.
    todo.sort(key=lambda job: (job.name.startswith("header"), -job.weight))
    failures = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for job, answer in zip(todo, pool.map(Job.run, todo)):
            if answer is not None:
                failures += 1
                print(f"lint: {job.name}\n{answer}", file=sys.stderr)
    print(f"lint: {len(everything)} checks, {len(everything) - len(todo)} known to pass, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
