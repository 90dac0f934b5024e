#include "timelines/homes.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>
#include <span>
#include <utility>

#include "base/ensure.h"

namespace hoopoe::timelines {

namespace {

// Homes that one post is put into before others may read theirs: some 20 us.
constexpr std::ptrdiff_t slice = 1'024;
// What a reader looks through at each read. When more is asked for, that is below what is kept.
constexpr std::size_t star_arrivals_max = 100;

constexpr std::uint32_t no_place = std::numeric_limits<std::uint32_t>::max();

}  // namespace

Homes::Homes(HomesOptions options) : options_(options), rings_(options.readers_max) {
  ensure(options_.readers_max > 0 && options_.readers_max < std::numeric_limits<std::uint32_t>::max(),
         "places are numbered");
  readers_.reserve(options_.readers_max);
}

std::size_t Homes::readers() const {
  const std::scoped_lock lock(mutex_);
  return places_.size();
}

std::optional<HomeIds> Homes::read(AccountId account, std::uint64_t follows_version, PostId before,
                                   std::size_t limit) {
  const std::scoped_lock lock(mutex_);
  const auto found = places_.find(account);
  if (found == places_.end()) return std::nullopt;
  Reader& reader = readers_[found->second];
  if (!reader.is_kept || reader.follows_version < follows_version) return std::nullopt;
  reader.read_lately = true;
  const Ring& ring = rings_[found->second];
  const std::span<const PostId> posts = ring.posts();
  const auto end = std::ranges::lower_bound(posts, before);
  const auto begin = end - std::min(end - posts.begin(), static_cast<std::ptrdiff_t>(limit));
  HomeIds kept{.ids = {std::reverse_iterator(end), std::reverse_iterator(begin)},
               .complete_from = begin == posts.begin() ? ring.complete_from : *begin};
  if (!stars_.empty()) merge_stars(found->second, before, kept);
  return kept;
}

Homes::Begun Homes::begin(AccountId account, const std::vector<Followed>& followed,
                          std::uint64_t follows_version) {
  const std::scoped_lock lock(mutex_);
  const std::uint32_t place = place_for(account);
  readers_[place] = {.account = account,
                     .authors = {},
                     .follows_version = follows_version,
                     .ticket = ++last_ticket_,
                     .is_kept = false,
                     .read_lately = true};
  readers_[place].authors.reserve(followed.size() + 1);
  rings_[place].clear();
  for (const Followed& author : followed) listen(place, author);
  listen(place, {.account = account, .reposts_shown = true});
  return {.place = place, .ticket = last_ticket_};
}

void Homes::finish(const Begun& begun, const HomeIds& past) {
  const std::scoped_lock lock(mutex_);
  Reader& reader = readers_[begun.place];
  if (reader.ticket != begun.ticket) return;
  Ring& ring = rings_[begun.place];
  for (auto id = past.ids.rbegin(); id != past.ids.rend(); ++id) ring.add(*id);
  ring.complete_only_from(past.complete_from);
  reader.is_kept = true;
}

// The reader's own, a free one, or that of one who has not read lately; what anybody says goes there no more.
std::uint32_t Homes::place_for(AccountId account) {
  const auto [found, is_new] = places_.try_emplace(account, static_cast<std::uint32_t>(readers_.size()));
  if (is_new && readers_.size() < options_.readers_max) {
    readers_.emplace_back();  // there is room: see the constructor
    return found->second;
  }
  if (is_new) {
    found->second = least_read();
    places_.erase(readers_[found->second].account);
  }
  stop_listening(found->second);
  return found->second;
}

// CLOCK (Corbato, A Paging Experiment with the Multics System, 1968).
std::uint32_t Homes::least_read() {
  const auto advance = [&] {
    return std::exchange(hand_, (hand_ + 1) % static_cast<std::uint32_t>(readers_.size()));
  };
  while (std::exchange(readers_[hand_].read_lately, false)) advance();
  return advance();
}

void Homes::listen(std::uint32_t place, const Followed& followed) {
  Listeners& listeners = listeners_[followed.account];
  const auto at = std::ranges::lower_bound(listeners, place, {}, &Listener::place);
  if (at != listeners.end() && at->place == place) return;
  listeners.insert(at, {.place = place, .no_reposts = !followed.reposts_shown});
  readers_[place].authors.push_back(followed.account);
  if (listeners.size() > options_.pushed_readers_max) stars_.try_emplace(followed.account);
}

void Homes::stop_listening(std::uint32_t place) {
  for (const AccountId author : readers_[place].authors) {
    const auto found = listeners_.find(author);
    Listeners& listeners = found->second;
    listeners.erase(std::ranges::lower_bound(listeners, place, {}, &Listener::place));
    if (listeners.empty()) listeners_.erase(found);
  }
}

const Homes::Listener* Homes::find_listener(AccountId author, std::uint32_t place) const {
  const auto found = listeners_.find(author);
  if (found == listeners_.end()) return nullptr;
  const auto at = std::ranges::lower_bound(found->second, place, {}, &Listener::place);
  return at != found->second.end() && at->place == place ? &*at : nullptr;
}

std::uint32_t Homes::place_of(AccountId reader) const {
  const auto found = places_.find(reader);
  return found == places_.end() ? no_place : found->second;
}

void Homes::add(const Arrival& arrival) {
  std::optional<std::uint32_t> from = 0;
  while (from) from = push_some(arrival, *from);
}

// Into the homes from a place on; gives where to go on, if there are more.
std::optional<std::uint32_t> Homes::push_some(const Arrival& arrival, std::uint32_t from) {
  const std::scoped_lock lock(mutex_);
  if (const auto star = stars_.find(arrival.author); star != stars_.end()) {
    add_to(star->second, arrival);
    return std::nullopt;
  }
  const auto found = listeners_.find(arrival.author);
  if (found == listeners_.end()) return std::nullopt;
  const Listeners& listeners = found->second;
  const std::uint32_t own = place_of(arrival.author);
  // An answer goes to those alone who listen to both; as everyone does who answers themselves.
  static const Listeners nobody;
  const auto answered = listeners_.find(arrival.reply_to_author);
  const Listeners& also = answered == listeners_.end() ? nobody : answered->second;
  auto other = std::ranges::lower_bound(also, from, {}, &Listener::place);

  auto at = std::ranges::lower_bound(listeners, from, {}, &Listener::place);
  const auto end = listeners.end() - at > slice ? at + slice : listeners.end();
  for (; at != end; ++at) {
    while (other != also.end() && other->place < at->place) ++other;
    const bool hears_both = other != also.end() && other->place == at->place;
    if (at->place == own || wants(*at, arrival, hears_both)) rings_[at->place].add(arrival.id);
  }
  return at == listeners.end() ? std::nullopt : std::optional(at->place);
}

bool Homes::wants(const Listener& listener, const Arrival& arrival, bool hears_answered) {
  return !arrival.for_mentioned_alone && !(arrival.is_repost && listener.no_reposts) &&
         (!arrival.reply_to_author || hears_answered);
}

void Homes::add_to(Star& star, const Arrival& arrival) {
  std::vector<Arrival>& newest = star.newest;
  const auto at = std::ranges::lower_bound(newest, arrival.id, {}, &Arrival::id);
  if (at != newest.end() && at->id == arrival.id) {
    *at = arrival;
    return;
  }
  newest.insert(at, arrival);
  if (newest.size() <= star_arrivals_max) return;
  newest.erase(newest.begin());
  star.complete_from = newest.front().id;
}

void Homes::merge_stars(std::uint32_t place, PostId before, HomeIds& kept) const {
  for (const auto& [author, star] : stars_) {
    const Listener* const listener = find_listener(author, place);
    if (listener == nullptr) continue;
    const bool own = readers_[place].account == author;
    kept.complete_from = std::max(kept.complete_from, star.complete_from);
    for (const Arrival& arrival : star.newest) {
      if (arrival.id >= before || arrival.id < kept.complete_from) continue;
      const bool hears_both = find_listener(arrival.reply_to_author, place) != nullptr;
      if (own || wants(*listener, arrival, hears_both)) kept.ids.push_back(arrival.id);
    }
  }
  std::ranges::sort(kept.ids, std::greater{});
  const auto twice = std::ranges::unique(kept.ids);
  kept.ids.erase(twice.begin(), twice.end());
  std::erase_if(kept.ids, [&](PostId id) { return id < kept.complete_from; });
}

}  // namespace hoopoe::timelines
