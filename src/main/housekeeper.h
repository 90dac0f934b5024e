#pragma once

#include "app/app.h"
#include "base/repeating_thread.h"

namespace hoopoe {

// Does what is due by the clock rather than by a request, at its start and then once a minute, in a thread of
// its own and in small writes; erases the files of photos that are gone. What fails is logged and tried again
// a minute later.
class Housekeeper {
 public:
  explicit Housekeeper(app::App& app);

 private:
  RepeatingThread thread_;
};

}  // namespace hoopoe
