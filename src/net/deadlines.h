#pragma once

#include <array>
#include <chrono>
#include <cstdint>

#include <boost/intrusive/list.hpp>

namespace hoopoe::net {

// Something that waits on an io thread and may not wait for ever. It leaves its deadline behind when it is
// destroyed.
class Waiter : public boost::intrusive::list_base_hook<
                   boost::intrusive::link_mode<boost::intrusive::link_mode_type::auto_unlink>> {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  Waiter() = default;
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;
  virtual ~Waiter() = default;

 private:
  friend class Deadlines;

  virtual void on_deadline() = 0;

  static constexpr Moment never = Moment::max();
  Moment deadline_ = never;
  std::int64_t tick_ = 0;  // when it is looked at next, while linked
};

// The deadlines of one io thread: a wheel of slots, a tick each, that one timer turns. Moving a deadline
// later, as each request does several times, is one store: the waiter is looked at in its old slot and put
// into the new one then. A steady_timer for each operation costs a heap operation and a wake-up instead.
class Deadlines {
 public:
  using Moment = Waiter::Moment;
  // How late a deadline may be noticed.
  static constexpr std::chrono::milliseconds tick{100};

  explicit Deadlines(Moment now) : done_(tick_of(now)) {}

  // on_deadline is called once, at the first advance() after the moment.
  void set(Waiter& waiter, Moment deadline);
  static void clear(Waiter& waiter) { waiter.deadline_ = Waiter::never; }

  void advance(Moment now);

 private:
  using Slot = boost::intrusive::list<Waiter, boost::intrusive::constant_time_size<false>>;
  static constexpr std::int64_t slot_count = 256;  // 25.6 s; what is later comes around again

  static std::int64_t tick_of(Moment moment) { return moment.time_since_epoch() / tick; }
  void link(Waiter& waiter);
  void visit(Slot& slot, Moment now);

  std::array<Slot, slot_count> slots_;
  std::int64_t done_;  // the last tick that was visited
};

}  // namespace hoopoe::net
