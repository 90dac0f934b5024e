#pragma once

#include "base/repeating_thread.h"
#include "store/database.h"

namespace hoopoe {

// Does what is due by the clock rather than by a request, at its start and then once a minute, in a thread of
// its own and in small writes. What fails is logged and tried again a minute later.
class Housekeeper {
 public:
  explicit Housekeeper(store::Database& db);

 private:
  RepeatingThread thread_;
};

}  // namespace hoopoe
