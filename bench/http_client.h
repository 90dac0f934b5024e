#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Clients of an HTTP server on 127.0.0.1, for measurements: bounded in connections and in time.
namespace hoopoe::bench {

using Moment = std::chrono::steady_clock::time_point;

enum class Encoding { identity, gzip };
std::string get_request(std::string_view target, std::string_view token,
                        Encoding encoding = Encoding::identity);
std::string publish_request(std::string_view text, std::string_view token);
std::string post_request(std::string_view target, std::string_view token);

// Connected; throws std::runtime_error where nobody listens.
int connect_to(std::uint16_t port);

struct Load {
  std::uint16_t port = 0;
  int connections = 1;
  double seconds = 1;
  // Sent in turn, by each connection its own share.
  std::vector<std::string> requests;
  // It ends after so many answers, too.
  std::int64_t answers = 20'000'000;
  // Requests a second, of all connections together; 0 is as fast as answers come.
  double rate = 0;
};

struct LoadResult {
  std::int64_t answers = 0;  // with status 200
  std::int64_t refused = 0;  // with another
  std::int64_t bytes = 0;
  double seconds = 0;
  std::vector<std::uint32_t>
      microseconds;  // of each with status 200, from the request's first byte to the last
};

// Each connection asks, waits for the whole answer, and asks again. One thread. Throws std::runtime_error
// when a connection breaks.
LoadResult run_load(const Load& load);

std::uint32_t microseconds_between(Moment from, Moment to);
// Microseconds; 0 when there are none.
std::uint32_t quantile(std::vector<std::uint32_t> microseconds, double share);

}  // namespace hoopoe::bench
