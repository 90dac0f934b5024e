#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <thread>

namespace hoopoe {

// Does its work again and again in a thread of its own, with a pause after each time, from its making on.
// What the work throws is logged under the name, and it is tried again. Its end asks the work to stop, cuts
// the pause short, and waits.
class RepeatingThread {
 public:
  using Work = std::function<void(const std::stop_token&)>;
  // Asked after each time, on the same thread.
  using Pause = std::function<std::chrono::milliseconds()>;

  RepeatingThread(std::string name, Work work, Pause pause);

 private:
  std::jthread thread_;
};

}  // namespace hoopoe
