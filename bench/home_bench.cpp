#include <benchmark/benchmark.h>

#include "api/status_entity.h"
#include "app/timelines.h"
#include "base/temporary_directory.h"
#include "crowd.h"
#include "main/square.h"
#include "timelines/homes.h"

namespace hoopoe::bench {

namespace {

// What one home page of 20 posts costs, step by step.
struct Homes {
  Homes() : core(folder.path() / "data", {}) {
    fill(core.app().db, {.people = 500, .posts = 10'000, .follows = 10'000, .favourites = 2'000});
    people = members(core.app().db);
  }

  AccountId reader() { return people[next++ % people.size()].account; }

  TemporaryDirectory folder{HOOPOE_BENCH_FOLDER};
  Core core;
  std::vector<Member> people;
  std::size_t next = 0;
};

void home_views(benchmark::State& state) {
  Homes homes;
  for (const Member& member : homes.people) app::home(homes.core.app(), member.account, {});
  while (state.KeepRunning()) benchmark::DoNotOptimize(app::home(homes.core.app(), homes.reader(), {}));
}
BENCHMARK(home_views);

void home_json(benchmark::State& state) {
  Homes homes;
  const app::PostPage page = app::home(homes.core.app(), homes.reader(), {});
  std::size_t bytes = 0;
  while (state.KeepRunning()) {
    const api::JsonText json = api::statuses_json(homes.core.app(), page.posts);
    bytes += json.text.size();
    benchmark::DoNotOptimize(json.text.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(home_json);

// One post by somebody whom so many active readers follow, put into the home of each.
void fan_out(benchmark::State& state) {
  constexpr int others = 20;
  timelines::Homes homes;
  const AccountId star{1};
  for (int reader = 0; reader < state.range(0); ++reader) {
    std::vector<Followed> followed{{.account = star}};
    for (int other = 0; other < others; ++other)
      followed.push_back({.account = AccountId{2 + (reader + other) % 500}});
    homes.finish(homes.begin(AccountId{1'000 + reader}, followed, 1), {});
  }
  std::int64_t id = 1;
  while (state.KeepRunning()) homes.add({.id = PostId{id++}, .author = star});
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(fan_out)->Arg(43'000)->Unit(benchmark::kMicrosecond);

}  // namespace

}  // namespace hoopoe::bench
