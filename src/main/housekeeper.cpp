#include "main/housekeeper.h"

#include "app/accounts.h"
#include "app/erase.h"
#include "app/expire.h"
#include "app/moderate.h"

namespace hoopoe {

namespace {

constexpr std::chrono::minutes round{1};

}  // namespace

Housekeeper::Housekeeper(store::Database& db)
    : thread_(
          "housekeeping",
          [&db](const std::stop_token& stopping) {
            for (const auto work : {app::finish_account_erasures, app::erase_old_takedowns,
                                    app::finish_post_erasures, app::erase_expired}) {
              while (!stopping.stop_requested() && db.write_blocking(work)) {
              }
            }
          },
          [] { return round; }) {}

}  // namespace hoopoe
