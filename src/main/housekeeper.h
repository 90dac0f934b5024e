#pragma once

#include "base/repeating_thread.h"
#include "media/blobs.h"
#include "store/database.h"

namespace hoopoe {

// Does what is due by the clock rather than by a request, at its start and then once a minute, in a thread of
// its own and in small writes; erases the files of photos that are gone. What fails is logged and tried again
// a minute later.
class Housekeeper {
 public:
  Housekeeper(store::Database& db, media::Blobs& blobs);

 private:
  RepeatingThread thread_;
};

}  // namespace hoopoe
