#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace hoopoe {

using std::chrono::milliseconds;
// A moment, in whole milliseconds since 1970-01-01T00:00Z: what the store keeps and the API shows.
using Time = std::chrono::sys_time<milliseconds>;

// Where the time comes from. Tests stand in their own; every thread may ask.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
};

// The machine's own clock, which may jump either way.
const Clock& system_clock();

inline std::int64_t to_milliseconds(Time time) { return time.time_since_epoch().count(); }
inline Time from_milliseconds(std::int64_t count) { return Time{milliseconds{count}}; }

// "2013-10-01T18:23:45.678Z": ISO 8601 in UTC, as the Mastodon API writes times.
std::string iso8601(Time time);
// "2013-10-01", the day in UTC.
std::string iso_date(Time time);

}  // namespace hoopoe
