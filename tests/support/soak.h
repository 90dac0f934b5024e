#pragma once

#include <chrono>
#include <cstdlib>

namespace hoopoe::tests {

// How long bin/soak wants more of a random test after its first round.
inline std::chrono::minutes soak() {
  const char* minutes = std::getenv("HOOPOE_SOAK_MINUTES");
  return std::chrono::minutes(minutes == nullptr ? 0 : std::atoi(minutes));
}

}  // namespace hoopoe::tests
