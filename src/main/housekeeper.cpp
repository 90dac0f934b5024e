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

Housekeeper::Housekeeper(app::App& app)
    : thread_(
          "housekeeping",
          [&app](const std::stop_token& stopping) {
            for (const auto work : {app::finish_account_erasures, app::erase_old_takedowns,
                                    app::finish_post_erasures, app::erase_expired}) {
              while (!stopping.stop_requested() && app.db.write_blocking(work)) {
              }
            }
            while (!stopping.stop_requested() && app::erase_photo_files(app)) {
            }
          },
          [] { return round; }) {}

}  // namespace hoopoe
