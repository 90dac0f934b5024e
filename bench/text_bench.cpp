#include <benchmark/benchmark.h>

#include "crowd.h"
#include "text/entities.h"
#include "text/html.h"
#include "text/length.h"

namespace hoopoe::bench {

namespace {

constexpr int people = 2'000;
constexpr int texts_count = 1'024;

// Posts as they come: one with a name and two tags first, then the usual mix.
const std::vector<std::string>& posts() {
  static const std::vector<std::string> made = [] {
    Dice dice(4);
    std::vector<std::string> texts;
    texts.reserve(texts_count);
    for (int i = 0; i < texts_count; ++i)
      texts.push_back(say(dice, people, i % 4 == 0 ? published_mix : Mix{}));
    return texts;
  }();
  return made;
}

template <class Function>
void each_post(benchmark::State& state, const Function& function) {
  std::size_t next = 0;
  std::size_t bytes = 0;
  while (state.KeepRunning()) {
    const std::string& text = posts()[next++ % posts().size()];
    bytes += text.size();
    benchmark::DoNotOptimize(function(text));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

void find_entities(benchmark::State& state) {
  each_post(state, [](const std::string& text) { return text::find_entities(text); });
}
BENCHMARK(find_entities);

void fits(benchmark::State& state) {
  each_post(state, [](const std::string& text) { return text::fits(text, "", 140).has_value(); });
}
BENCHMARK(fits);

void render_post(benchmark::State& state) {
  text::Links links{.mention_urls = {}, .tag_url_prefix = "https://square.example/tags/"};
  for (int i = 0; i < people; ++i)
    links.mention_urls[handle_of(i)] = "https://square.example/@" + handle_of(i);
  std::vector<std::vector<text::Entity>> entities;
  entities.reserve(posts().size());
  for (const std::string& text : posts()) entities.push_back(text::find_entities(text));
  std::size_t next = 0;
  while (state.KeepRunning()) {
    const std::size_t at = next++ % posts().size();
    benchmark::DoNotOptimize(text::render_post(posts()[at], entities[at], links));
  }
}
BENCHMARK(render_post);

}  // namespace

}  // namespace hoopoe::bench
