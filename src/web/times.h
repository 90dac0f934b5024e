#pragma once

#include <string>

#include "base/clock.h"

// Moments in words, in UTC.
namespace hoopoe::web {

std::string short_time(Time then, Time now);       // "now", "5 min", "3 h", "1 Oct", "1 Oct 2012"
std::string short_date_time(Time then, Time now);  // "18:23, 1 Oct", "18:23, 1 Oct 2012"
std::string full_time(Time then);                  // "18:23 UTC, 1 October 2013"
std::string month_of(Time then);                   // "October 2013"

}  // namespace hoopoe::web
