#include "main/housekeeper.h"

#include "app/accounts.h"
#include "app/erase.h"
#include "app/expire.h"
#include "app/moderate.h"
#include "app/photos.h"

namespace hoopoe {

namespace {

constexpr std::chrono::minutes round{1};

}  // namespace

Housekeeper::Housekeeper(store::Database& db, media::Blobs& blobs)
    : thread_(
          "housekeeping",
          [&db, &blobs](const std::stop_token& stopping) {
            for (const auto work : {app::finish_account_erasures, app::erase_old_takedowns,
                                    app::finish_post_erasures, app::erase_expired}) {
              while (!stopping.stop_requested() && db.write_blocking(work)) {
              }
            }
            while (!stopping.stop_requested() && app::erase_photo_files(db, blobs)) {
            }
          },
          [] { return round; }) {}

}  // namespace hoopoe
