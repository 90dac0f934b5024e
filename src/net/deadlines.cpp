#include "net/deadlines.h"

#include <algorithm>

namespace hoopoe::net {

void Deadlines::set(Waiter& waiter, Moment deadline) {
  waiter.deadline_ = deadline;
  if (waiter.is_linked()) {
    if (waiter.tick_ <= tick_of(deadline) + 1) return;
    waiter.unlink();
  }
  link(waiter);
}

void Deadlines::link(Waiter& waiter) {
  waiter.tick_ = std::clamp(tick_of(waiter.deadline_) + 1, done_ + 1, done_ + slot_count - 1);
  slots_[static_cast<std::size_t>(waiter.tick_ % slot_count)].push_back(waiter);
}

void Deadlines::advance(Moment now) {
  const auto current = tick_of(now);
  // After a pause of the whole process one round finds all.
  done_ = std::max(done_, current - slot_count);
  while (done_ < current) {
    ++done_;
    visit(slots_[static_cast<std::size_t>(done_ % slot_count)], now);
  }
}

void Deadlines::visit(Slot& slot, Moment now) {
  Slot due;
  due.swap(slot);
  while (!due.empty()) {
    Waiter& waiter = due.front();
    due.pop_front();
    if (waiter.deadline_ == Waiter::never) continue;
    if (waiter.deadline_ > now) {
      link(waiter);
      continue;
    }
    waiter.deadline_ = Waiter::never;
    waiter.on_deadline();  // may destroy the waiter, and others in this slot
  }
}

}  // namespace hoopoe::net
