#include <benchmark/benchmark.h>
#include <boost/json.hpp>

#include "api/entities.h"
#include "app/timelines.h"
#include "crowd.h"
#include "main/square.h"
#include "temporary_folder.h"

namespace hoopoe::bench {

namespace {

// What one home page of 20 posts costs, step by step.
struct Homes {
  Homes() : core(folder.path() / "data", {}) {
    fill(core.app().db, {.people = 500, .posts = 10'000, .follows = 10'000, .favourites = 2'000});
    people = members(core.app().db);
  }

  AccountId reader() { return people[next++ % people.size()].account; }

  TemporaryFolder folder;
  Core core;
  std::vector<Member> people;
  std::size_t next = 0;
};

void home_views(benchmark::State& state) {
  Homes homes;
  while (state.KeepRunning()) benchmark::DoNotOptimize(app::home(homes.core.app(), homes.reader(), {}));
}
BENCHMARK(home_views);

void home_json_values(benchmark::State& state) {
  Homes homes;
  const app::PostPage page = app::home(homes.core.app(), homes.reader(), {});
  while (state.KeepRunning()) benchmark::DoNotOptimize(api::statuses_json(homes.core.app(), page.posts));
}
BENCHMARK(home_json_values);

void home_json_bytes(benchmark::State& state) {
  Homes homes;
  const boost::json::array page =
      api::statuses_json(homes.core.app(), app::home(homes.core.app(), homes.reader(), {}).posts);
  std::size_t bytes = 0;
  while (state.KeepRunning()) {
    const std::string text = boost::json::serialize(page);
    bytes += text.size();
    benchmark::DoNotOptimize(text);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(home_json_bytes);

}  // namespace

}  // namespace hoopoe::bench
