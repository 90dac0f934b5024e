#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "base/prefetch.h"

namespace hoopoe {

// A text made of a value that does not change any more: made when it is first asked for, by whoever is first,
// and kept as long as the value. A copy of the value, which may change, has none yet. Any thread.
class Rendered {
 public:
  Rendered() = default;
  Rendered(const Rendered& /*of a value*/) noexcept {}
  Rendered& operator=(const Rendered& other) noexcept {
    if (this != &other) delete text_.exchange(nullptr);
    return *this;
  }
  ~Rendered() { delete text_.load(); }

  // Before text(), of many: where it is kept, and then its first bytes.
  void prefetch() const { hoopoe::prefetch(text_.load(std::memory_order_acquire)); }
  void prefetch_text() const {
    if (const std::string* made = text_.load(std::memory_order_acquire)) hoopoe::prefetch(made->data());
  }

  // make() gives the same text whenever it is called.
  template <class Make>
  const std::string& text(const Make& make) const {
    if (const std::string* made = text_.load(std::memory_order_acquire)) return *made;
    auto fresh = std::make_unique<const std::string>(make());
    const std::string* first = nullptr;
    return text_.compare_exchange_strong(first, fresh.get()) ? *fresh.release() : *first;
  }

 private:
  mutable std::atomic<const std::string*> text_ = nullptr;
};

}  // namespace hoopoe
