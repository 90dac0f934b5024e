#include <memory>
#include <span>

#include <benchmark/benchmark.h>

#include "base/temporary_directory.h"
#include "crowd.h"
#include "naive_store.h"
#include "store/schema.h"
#include "store/timelines.h"

namespace hoopoe::bench {

namespace {

constexpr int prepared_posts = 4'096;

// A store of 10,000 posts, filled without syncs and opened anew.
struct Square {
  Square() {
    fill(*open(store::sql::Durability::normal),
         {.people = 500, .posts = 10'000, .follows = 10'000, .favourites = 0});
    db = open(store::sql::Durability::full);
    people = members(*db);
    Dice dice(5);
    for (int i = 0; i < prepared_posts; ++i) posts.push_back(prepare(dice, people, published_mix));
  }

  std::unique_ptr<store::Database> open(store::sql::Durability durability) const {
    return std::make_unique<store::Database>(store::DatabaseOptions{
        .directory = folder.path() / "data", .migrations = store::schema(), .durability = durability});
  }

  TemporaryDirectory folder{HOOPOE_BENCH_FOLDER};
  std::unique_ptr<store::Database> db;
  std::vector<Member> people;
  std::vector<Prepared> posts;
};

std::span<const Prepared> next_batch(const std::vector<Prepared>& posts, std::size_t& at, std::size_t size) {
  at = at + size > posts.size() ? 0 : at;
  at += size;
  return std::span(posts).subspan(at - size, size);
}

void write_batch(benchmark::State& state) {
  Square square;
  const auto size = static_cast<std::size_t>(state.range(0));
  std::size_t at = 0;
  while (state.KeepRunning()) {
    square.db->write_blocking([&](store::Write& write) {
      for (const Prepared& post : next_batch(square.posts, at, size)) write_post(write, post);
    });
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(write_batch)->Arg(1)->Arg(64)->Arg(256)->UseRealTime();

void write_batch_naive(benchmark::State& state) {
  Square square;
  NaiveStore naive(square.folder.path() / "naive.db", square.posts, 10'000);
  const auto size = static_cast<std::size_t>(state.range(0));
  std::size_t at = 0;
  while (state.KeepRunning()) naive.add(next_batch(square.posts, at, size));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(write_batch_naive)->Arg(1)->Arg(64)->Arg(256)->UseRealTime();

void home_ids(benchmark::State& state) {
  Square square;
  std::size_t next = 0;
  while (state.KeepRunning()) {
    const AccountId reader = square.people[next++ % square.people.size()].account;
    benchmark::DoNotOptimize(
        square.db->read([&](store::Read& read) { return store::timelines::home(read, reader, {}); }));
  }
}
BENCHMARK(home_ids);

}  // namespace

}  // namespace hoopoe::bench
