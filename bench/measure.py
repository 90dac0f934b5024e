#!/usr/bin/env python3
"""Measures the release binary against references taken in the same run, and prints a table.

    bench/measure.py [--people N] [--posts N] [--follows N] [--rounds N] [--seconds S] [--streams N] [--held-seconds S] [--overload-seconds S] [--only NAME] [--out FILE]

bin/bench builds what this runs. Each figure is a ratio: of the product to its reference, in rounds that take both
one after the other; the median of the rounds. Absolute values stand beside it as context: they say as much about
the machine as about the product. Ends only the processes that it started itself. A store that was filled once is
kept in build/bench-stores, and copied before anything is written.
"""

import argparse
import contextlib
import gzip
import hashlib
import json
import os
import pathlib
import random
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time

from servers import HOOPOE, ROOT, Background, ask, hoopoe, nginx, null_server, rate, tool

STORES = ROOT / "build" / "bench-stores"
PUBLISH_CONNECTIONS = 64
READ_CONNECTIONS = 32
BATCH, LARGE_BATCH = 64, 256
# bench/crowd.h: the first of them, how many, and how many each follows.
USUAL, LIGHT, HEAVY = (1, 1000), (1001, 50), (1051, 50)
SUSTAINABLE = 0.6  # of the posts that it takes at most: then nobody waits for long
OVERLOAD_CONNECTIONS = 2000
WARM_READS = 5000  # of one page: a second or two
WRITES_PER_SECOND = 50  # posts, and as many favourites, while homes are read


class Figures:
    def __init__(self):
        self.rows = []

    def add(self, what, unit, values, reference, references, better, note=""):
        """Values and references are those of the rounds, taken in pairs."""
        ratio = statistics.median(v / r for v, r in zip(values, references))
        self.rows.append({"what": what, "against": reference, "ratio": ratio, "better": better, "unit": unit,
                          "value": statistics.median(values), "reference": statistics.median(references),
                          "rounds": len(values), "note": note})

    def skip(self, what, why):
        self.rows.append({"what": what, "note": "skipped: " + why})

    def table(self):
        lines = [f"{'figure':34} {'against':36} {'ratio':>7}  {'':7} {'value':>10} {'reference':>10}  unit"]
        for row in self.rows:
            if "ratio" not in row:
                lines.append(f"{row['what']:34} {row['note']}")
                continue
            lines.append(f"{row['what']:34} {row['against']:36} {row['ratio']:7.3f}  {row['better']:7} {row['value']:10.1f}"
                         f" {row['reference']:10.1f}  {row['unit']}{'  ' + row['note'] if row['note'] else ''}")
        return "\n".join(lines)


# --- stores -----------------------------------------------------------------------------------------

def filled_store(people, posts, follows):
    """The folder of a store with so many; made once for the same schema and the same crowd."""
    made_of = hashlib.sha256()
    for file in sorted([*(ROOT / "src/store/schema").glob("*.sql"), *(ROOT / "bench").glob("crowd.*")]):
        made_of.update(file.read_bytes())
    store = STORES / f"{people}-{posts}-{follows}-{made_of.hexdigest()[:12]}"
    if not store.exists():
        unfinished = store.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        STORES.mkdir(parents=True, exist_ok=True)
        tool("fill_tool", unfinished, people, posts, follows)
        unfinished.rename(store)
    return store


def copy_of(store, work):
    """A copy that is on the disk as a whole, so that its own writing back does not fall into what is measured."""
    copy = pathlib.Path(tempfile.mkdtemp(prefix="store-", dir=work))
    shutil.copytree(store, copy, dirs_exist_ok=True)
    os.sync()
    return copy


# --- figures ----------------------------------------------------------------------------------------

def publish_round(data, work, options, connections):
    """(result, syncs, server's CPU in us a post) of posts over HTTP."""
    syncs = work / "syncs"
    syncs.write_bytes(bytes(8))
    with hoopoe(data, syncs) as server:
        before, cpu = struct.unpack("=Q", syncs.read_bytes())[0], server.cpu_seconds()
        result = tool("http_tool", "publish", server.port, connections, options.seconds, options.people, 0)
        cpu = server.cpu_seconds() - cpu
        count = struct.unpack("=Q", syncs.read_bytes())[0] - before
    if result["refused"]:
        raise RuntimeError(f"{result['refused']} posts were refused")
    return result, count, cpu / result["count"] * 1e6


def measure_posts(figures, data, work, options):
    many, same, alone, naive, per_sync, cpu, single, disk = [], [], [], [], [], [], [], []
    single_per_sync, alone_large, naive_large = [], [], []
    p50, p99 = [], []
    for _ in range(options.rounds):
        result, syncs, cpu_each = publish_round(data, work, options, PUBLISH_CONNECTIONS)
        many.append(rate(result))
        per_sync.append(result["count"] / max(1, syncs))
        cpu.append(cpu_each)
        p50.append(result["p50_us"] / 1000)
        p99.append(result["p99_us"] / 1000)
        same.append(rate(tool("store_tool", "publish", data, options.seconds, PUBLISH_CONNECTIONS)))
        alone.append(rate(tool("store_tool", "store", data, options.seconds, BATCH)))
        naive.append(rate(tool("store_tool", "naive", work / "naive.db", data, options.seconds, BATCH, options.posts)))
        alone_large.append(rate(tool("store_tool", "store", data, options.seconds, LARGE_BATCH)))
        naive_large.append(rate(tool("store_tool", "naive", work / "naive.db", data, options.seconds, LARGE_BATCH, options.posts)))
        # Others use the disk too, in bursts: the reference is taken before and after.
        around = [tool("store_tool", "disk", work / "block", options.seconds / 2)]
        result, syncs, _ = publish_round(data, work, options, 1)
        around.append(tool("store_tool", "disk", work / "block", options.seconds / 2))
        single.append(rate(result))
        single_per_sync.append(result["count"] / max(1, syncs))
        disk.append(sum(r["count"] for r in around) / sum(r["seconds"] for r in around))
    note = (f"{statistics.median(per_sync):.1f} posts a sync, {statistics.median(cpu):.0f} us CPU a post, "
            f"p50 {statistics.median(p50):.1f} ms, p99 {statistics.median(p99):.1f} ms")
    figures.add("durable posts, 64 connections", "posts/s", many, "the same posts without HTTP, 64 at once", same, "higher", note)
    figures.add("durable posts, 64 connections", "posts/s", many, f"their rows alone, batch {BATCH}", alone, "higher")
    figures.add("durable posts, 64 connections", "posts/s", many, f"a naive store, batch {BATCH}", naive, "higher")
    figures.add(f"the store alone, batch {BATCH}", "posts/s", alone, f"a naive store, batch {BATCH}", naive, "higher")
    figures.add(f"the store alone, batch {LARGE_BATCH}", "posts/s", alone_large, f"a naive store, batch {LARGE_BATCH}", naive_large, "higher")
    figures.add("durable posts, 1 connection", "posts/s", single, "16 KiB pwrite and fdatasync", disk, "higher",
                f"{statistics.median(single_per_sync):.2f} posts a sync")


def read_round(server, targets, options, *more):
    """(reads/s, CPU in us a read, bytes a read)"""
    cpu = server.cpu_seconds()
    result = tool("http_tool", "get", server.port, READ_CONNECTIONS, options.seconds, targets, *more)
    cpu = server.cpu_seconds() - cpu
    if result["refused"]:
        raise RuntimeError(f"{result['refused']} reads were refused")
    return rate(result), cpu / result["count"] * 1e6, result["bytes"] / result["count"]


def read_once(server, targets):
    """One after the other, so that later reads find what is kept from the first."""
    return tool("http_tool", "once", server.port, targets)


def measure_reads(figures, what, server, requests, work, options, beside=contextlib.nullcontext):
    """requests: (path, token or none) of the product; nginx and a bare server give the same bytes at /0, /1, ...
    beside: makes what loads the server meanwhile."""
    folder = work / ("static-" + what.replace(" ", "-"))
    folder.mkdir()
    sizes = []
    for number, (path, token) in enumerate(requests):
        status, body = ask(server.port, path, token)
        if status != 200:
            figures.skip(what, f"{path} answers {status}")
            return
        (folder / str(number)).write_bytes(body)
        sizes.append(len(body))
    ours = write_targets(work / "targets", requests)
    theirs = write_targets(work / "targets-static", [(f"/{number}", None) for number in range(len(requests))])
    product, static, bare = [], [], []
    with nginx(folder, work) as web, null_server(folder) as null:
        for _ in range(options.rounds):
            with beside():
                product.append(read_round(server, ours, options))
            static.append(read_round(web, theirs, options))
            bare.append(read_round(null, theirs, options))
    shutil.rmtree(folder)
    note = f"{statistics.mean(sizes) / 1000:.1f} KB"
    for name, reference in (("nginx, the same bytes", static), ("net/ alone, the same bytes", bare)):
        figures.add(f"{what}, reads", "reads/s", [r[0] for r in product], name, [r[0] for r in reference], "higher", note)
        figures.add(f"{what}, CPU a read", "us", [r[1] for r in product], name, [r[1] for r in reference], "lower")


def homes_of(readers):
    first, count = readers
    return [("/api/v1/timelines/home", f"token-of-reader-{number}") for number in range(first, first + count)]


def write_targets(file, requests):
    """requests: (path, token or none)."""
    file.write_text("".join(f"{path} {token or ''}\n" for path, token in requests))
    return file


@contextlib.contextmanager
def writes(server, work, options):
    """Posts and favourites come in, so many a second."""
    newest = [post["id"] for post in json.loads(ask(server.port, "/api/v1/timelines/public?limit=40")[1])]
    dice = random.Random(7)
    liked = write_targets(work / "liked", [(f"/api/v1/statuses/{dice.choice(newest)}/favourite",
                                            f"token-of-reader-{dice.randrange(1, options.people)}") for _ in range(5000)])
    with (Background("http_tool", "publish", server.port, 8, options.seconds, options.people, WRITES_PER_SECOND),
          Background("http_tool", "post", server.port, WRITES_PER_SECOND, options.seconds, liked)):
        yield


def measure_homes(figures, data, work, options):
    usual = homes_of(USUAL)
    with hoopoe(data) as server:
        cold = [read_once(server, write_targets(work / "usual", usual))["p99_us"] / 1000]
        figures.add("home, cold, 200 follows, p99", "ms", cold, "the bar, 15 ms", [15], "lower")
        authors = [len({post["account"]["id"] for post in json.loads(ask(server.port, *home)[1])}) for home in usual[:50]]
        print(f"bench: {statistics.mean(authors):.1f} authors on a home page", file=sys.stderr)
        measure_reads(figures, "home", server, usual, work, options, lambda: writes(server, work, options))
        measure_compressed_homes(figures, server, usual, work, options)
        costs = {"light": [], "heavy": []}
        for name, readers in (("light", LIGHT), ("heavy", HEAVY)):
            read_once(server, write_targets(work / name, homes_of(readers)))
        for _ in range(options.rounds):
            for name, rounds in costs.items():
                rounds.append(read_round(server, work / name, options)[1])
        figures.add("home, CPU a read, 1,000 follows", "us", costs["heavy"], "50 follows", costs["light"], "lower")
        many = homes_of((1, min(options.people - 1, 10_000)))
        read_once(server, write_targets(work / "many", many))
        figures.add("memory, 10,000 active readers", "MB", [server.status("RssAnon")], "the bar, 400 MB", [400], "lower")
        measure_shown(figures, server, work, options, many[:500])
        large = [read_round(server, work / "usual", options)[1] for _ in range(options.rounds)]
    with hoopoe(copy_of(filled_store(2_000, 10_000, 200_000), work)) as server:
        read_once(server, work / "usual")
        small = [read_round(server, work / "usual", options)[1] for _ in range(options.rounds)]
    figures.add(f"home, CPU a read, {options.posts:,} posts", "us", large, "10,000 posts", small, "lower")


def measure_shown(figures, server, work, options, homes):
    """What is answered stands on the homes of those who follow person 0, whom most follow."""
    author = json.loads(ask(server.port, "/api/v1/accounts/lookup?acct=reader0")[1])["id"]
    relation = f"/api/v1/accounts/relationships?id[]={author}"
    homes = [home for home in homes if json.loads(ask(server.port, relation, home[1])[1])[0]["following"]]
    if not homes:
        raise RuntimeError("none of the readers follows person 0")
    rounds = [tool("http_tool", "shows", server.port, options.seconds, WRITES_PER_SECOND, write_targets(work / "shown", homes))
              for _ in range(options.rounds)]
    figures.add("post's answer to a follower's home, p99", "ms", [r["p99_us"] / 1000 for r in rounds], "the bar, 20 ms",
                [20] * len(rounds), "lower", f"{len(homes)} homes in turn, each shows it when it is first asked")


def measure_compressed_homes(figures, server, homes, work, options):
    best = statistics.mean(len(gzip.compress(ask(server.port, *home)[1], 6)) for home in homes[:50])
    packed = statistics.mean(len(ask(server.port, *home, encoding="gzip")[1]) for home in homes[:50])
    figures.add("home, compressed, size", "KB", [packed / 1000], "zlib, level 6", [best / 1000], "lower")
    targets = write_targets(work / "compressed", homes)
    rounds = [read_round(server, targets, options, "gzip") for _ in range(options.rounds)]
    figures.add("home, compressed, CPU a read", "us", [r[1] for r in rounds], "the bar, 250 us", [250] * len(rounds), "lower")


def measure_events(figures, server, options, posts_per_second):
    p50, p99, answer_p50, answer_p99 = [], [], [], []
    for _ in range(options.rounds):
        result = tool("http_tool", "follow", server.port, options.seconds, posts_per_second)
        p50.append(result["p50_us"] / 1000)
        p99.append(result["p99_us"] / 1000)
        answer_p50.append(result["answer_p50_us"] / 1000)
        answer_p99.append(result["answer_p99_us"] / 1000)
    note = f"one follower, {posts_per_second} posts/s"
    figures.add("post to event, p50", "ms", p50, "the post's own answer", answer_p50, "lower", note)
    figures.add("post to event, p99", "ms", p99, "the post's own answer", answer_p99, "lower", note)


def measure_streams(figures, data, options):
    with hoopoe(data) as server:
        for posts_per_second in (25, 500):
            measure_events(figures, server, options, posts_per_second)


def measure_held(figures, data, options):
    """Half as many readers again, for a minute, each of whom must hear every post."""
    readers, posts = options.streams * 3 // 2, 60
    with hoopoe(data) as server, Background("stream_tool", server.port, readers, posts, options.held_seconds) as crowd:
        connected = crowd.line()["connected"]
        crowd.go_on()
        heard = crowd.line()
        figures.add("streams held, events lost", "events", [heard["lost"] + readers - connected], "of", [readers * posts], "lower",
                    f"{connected:,} readers for {options.held_seconds:g} s, last p99 {heard['last_p99_us'] / 1000:.1f} ms")


def measure_crowd(figures, data, options):
    """Readers of one tag, all at once."""
    posts = 30
    with hoopoe(data) as server:
        ask(server.port, "/api/v1/timelines/public")
        before = server.status("RssAnon")
        with Background("stream_tool", server.port, options.streams, posts, 15) as crowd:
            connected = crowd.line()["connected"]
            each = (server.status("RssAnon") - before) * 1024 / max(1, connected)
            crowd.go_on()
            heard = crowd.line()
    if connected < options.streams or heard["lost"]:
        figures.skip(f"{options.streams:,} streams", f"{connected} connected, {heard['lost']} events lost")
        return
    note = f"{options.streams:,} readers, first {heard['first_p50_us'] / 1000:.1f} ms, last p50 {heard['last_p50_us'] / 1000:.1f} ms"
    figures.add("post to the last of many, p99", "ms", [heard["last_p99_us"] / 1000], "the bar, 150 ms", [150], "lower", note)
    figures.add("memory of an idle stream", "KB", [each], "the bar, 8 KB", [8], "lower")


def measure_overload(figures, data, options):
    """Five times the posts that it can take, and what that does to those that it takes."""
    with hoopoe(data) as server:
        def stored():
            return json.loads(ask(server.port, "/api/v1/instance")[1])["stats"]["status_count"]

        def publish(connections, seconds, posts_per_second):
            return tool("http_tool", "publish", server.port, connections, seconds, options.people, posts_per_second)

        publish(PUBLISH_CONNECTIONS, 1, 0)
        sustainable = int(rate(publish(PUBLISH_CONNECTIONS, options.seconds, 0)) * SUSTAINABLE)
        calm = [publish(OVERLOAD_CONNECTIONS, options.seconds, sustainable) for _ in range(options.rounds)]
        before = stored()
        crowd = publish(OVERLOAD_CONNECTIONS, options.overload_seconds, 5 * sustainable)
        publish(OVERLOAD_CONNECTIONS, 5, sustainable)
        after = [publish(OVERLOAD_CONNECTIONS, options.seconds, sustainable) for _ in range(options.rounds)]
        answered = crowd["count"] + sum(result["count"] for result in after)
        if stored() - before < answered:
            raise RuntimeError(f"{answered} posts were acknowledged and {stored() - before} are there")
    normal = statistics.median(result["p99_us"] for result in calm) / 1000
    again = [result["p99_us"] / 1000 for result in after]
    note = (f"{rate(crowd):.0f}/s accepted and {crowd['refused'] / crowd['seconds']:.0f}/s refused of "
            f"{5 * sustainable}/s, {options.overload_seconds:g} s")
    figures.add("posts under 5 times the load, p99", "ms", [crowd["p99_us"] / 1000], f"{sustainable}/s, p99", [normal], "lower", note)
    note = f"{sum(result['refused'] for result in after)} refused then, {sum(result['refused'] for result in calm)} before"
    figures.add("posts 5 s after it, p99", "ms", again, f"{sustainable}/s, p99", [normal] * len(again), "lower", note)


def measure_start(figures, data, options):
    starts, again, memory = [], [], []
    for _ in range(options.rounds + 2):
        with hoopoe(data) as server:
            if ask(server.port, "/health")[0] != 200:
                raise RuntimeError("/health does not answer 200")
            starts.append((time.monotonic() - server.began) * 1000)
            time.sleep(0.5)
            memory.append(server.status("RssAnon"))
            tool("http_tool", "publish", server.port, 8, 0.2, options.people, 0)
            server.kill()
        with hoopoe(data) as server:
            ask(server.port, "/health")
            again.append((time.monotonic() - server.began) * 1000)
    figures.add("exec to first answer", "ms", starts, "the bar, 500 ms", [500] * len(starts), "lower")
    figures.add("the same after kill -9", "ms", again, "the bar, 2 s", [2000] * len(again), "lower")
    figures.add("idle memory, RssAnon", "MB", memory, "the bar, 40 MB", [40] * len(memory), "lower")


def measure_binary(figures, work):
    stripped = work / "stripped"
    subprocess.run(["strip", "-o", stripped, HOOPOE], check=True)
    sizes = [(path.stat().st_size / 1e6) for path in (stripped, HOOPOE)]
    figures.add("binary, stripped", "MB", sizes[:1], "as built, with line numbers", sizes[1:], "lower")


def measure_pages(figures, data, work, options):
    with hoopoe(data) as server:
        newest = json.loads(ask(server.port, "/api/v1/timelines/public?limit=40")[1])
        post = max(newest, key=lambda each: each["replies_count"])
        profile = f"/@{post['account']['acct']}"
        for what, path in (("public timeline", "/api/v1/timelines/public"), ("permalink page", f"{profile}/{post['id']}"),
                           ("profile page", profile)):
            measure_reads(figures, what, server, [(path, None)], work, options)
        measure_warm_page(figures, server, f"{profile}/{post['id']}", work, options)


def measure_warm_page(figures, server, path, work, options):
    """Asked for again and again by one reader, while posts come in: kept, and made anew after each commit."""
    targets = write_targets(work / "warm", [(path, None)] * WARM_READS)
    rounds = []
    for _ in range(options.rounds):
        with writes(server, work, options):
            rounds.append(read_once(server, targets)["p99_us"] / 1000)
    figures.add("permalink page, one reader, p99", "ms", rounds, "the bar, 2 ms", [2] * len(rounds), "lower")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--follows", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each load, at most 60")
    parser.add_argument("--streams", type=int, default=10_000, help="readers of one tag at once, at most 16,000")
    parser.add_argument("--held-seconds", type=float, default=60, help="that half as many streams again are held")
    parser.add_argument("--overload-seconds", type=float, default=60, help="of five times the load")
    parser.add_argument("--only", choices=["start", "posts", "homes", "pages", "events", "crowd", "overload"], action="append")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "build" / "bench.json")
    options = parser.parse_args()
    options.seconds = min(options.seconds, 60)
    figures, began = Figures(), time.monotonic()
    busy = os.getloadavg()[0] > 1
    store = filled_store(options.people, options.posts, options.follows)
    # Beside the build, since a temporary folder may be in memory, where nothing is ever synced.
    with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / "build") as folder:
        work = pathlib.Path(folder)
        data = copy_of(store, work)
        print(f"bench: {options.people} people, {options.posts} posts, {options.follows} follows after "
              f"{time.monotonic() - began:.1f} s; load average {os.getloadavg()[0]:.1f}", file=sys.stderr)
        parts = {
            "start": lambda: (measure_start(figures, data, options), measure_binary(figures, work)),
            "posts": lambda: measure_posts(figures, data, work, options),
            "homes": lambda: measure_homes(figures, data, work, options),
            "pages": lambda: measure_pages(figures, data, work, options),
            "events": lambda: measure_streams(figures, data, options),
            "crowd": lambda: (measure_crowd(figures, data, options), measure_held(figures, data, options)),
            "overload": lambda: measure_overload(figures, data, options),
        }
        for name, measure in parts.items():
            if options.only and name not in options.only:
                continue
            since = time.monotonic()
            measure()
            print(f"bench: {name} took {time.monotonic() - since:.0f} s", file=sys.stderr)
    load = os.getloadavg()[0]
    print(figures.table())
    if busy:
        print("Other programs were at work when this began: whoever waits for the disk or a peer waits for them too.")
    print(f"Median of {options.rounds} rounds or more, {options.seconds:g} s each; load average {load:.1f} on {os.cpu_count()} cores; "
          f"{time.monotonic() - began:.0f} s.")
    options.out.write_text(json.dumps({"options": {k: v for k, v in vars(options).items() if k != "out"},
                                       "load_average": load, "cores": os.cpu_count(), "figures": figures.rows}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
