#pragma once

#include <vector>

#include "app/actor.h"
#include "app/app.h"
#include "store/database.h"

// Writing to those who did not ask for it.
namespace hoopoe::app {

// For so long it is known to whom somebody wrote.
inline constexpr std::chrono::hours approach_kept{24};

enum class Strangers { bounded, unbounded };
// As the settings have it.
Strangers strangers_for(const App& app);

// Counts those of the addressed, by name or as whom a post answers, who neither follow the author nor ever
// wrote to them: each once a day, by person, whatever becomes of the post. net::TooMany, in words for the
// person, before anything is written, where there are too many.
void count_strangers(store::Write& write, const Actor& actor, std::vector<AccountId> addressed);

}  // namespace hoopoe::app
