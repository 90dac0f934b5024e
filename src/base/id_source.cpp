#include "base/id_source.h"

#include <algorithm>

#include "base/ensure.h"

namespace hoopoe {

namespace {

constexpr int sequence_bits = 12;
constexpr int node_bits = 10;
constexpr int time_bits = 41;
constexpr std::int64_t sequence_count = std::int64_t{1} << sequence_bits;
constexpr std::int64_t node_count = std::int64_t{1} << node_bits;
constexpr std::int64_t tick_count = std::int64_t{1} << (time_bits + sequence_bits);

constexpr Time epoch =
    std::chrono::sys_days{std::chrono::year{2006} / std::chrono::January / std::chrono::day{1}};

std::int64_t first_tick_of(Time time) {
  return std::max<std::int64_t>((time - epoch).count(), 0) * sequence_count;
}

// Puts the node between the two halves of the tick.
std::int64_t compose(std::int64_t tick, std::int64_t node) {
  ensure(tick > 0 && tick < tick_count, "the time of an id is between 2006 and 2075");
  const std::int64_t time = tick / sequence_count;
  const std::int64_t sequence = tick % sequence_count;
  return (time * node_count + node) * sequence_count + sequence;
}

std::int64_t tick_of(std::int64_t id) {
  return id / (node_count * sequence_count) * sequence_count + id % sequence_count;
}

}  // namespace

IdSource::IdSource(int node) : node_(node) {
  ensure(node >= 0 && node <= node_max, "the node of an id source is 0 to 1022");
}

std::int64_t IdSource::next(Time now) {
  newest_tick_ = std::max(newest_tick_ + 1, first_tick_of(now));
  return compose(newest_tick_, node_);
}

void IdSource::resume_after(std::int64_t newest_id) {
  newest_tick_ = std::max(newest_tick_, tick_of(newest_id));
}

std::int64_t IdSource::newest() const { return newest_tick_ == 0 ? 0 : compose(newest_tick_, node_); }

Time time_of_id(std::int64_t id) { return epoch + milliseconds{id / (node_count * sequence_count)}; }

std::optional<std::int64_t> first_id_at(Time time) {
  const std::int64_t since_epoch = (time - epoch).count();
  if (since_epoch < 0 || since_epoch >= std::int64_t{1} << time_bits) return std::nullopt;
  return since_epoch * node_count * sequence_count;
}

}  // namespace hoopoe
