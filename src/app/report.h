#pragma once

#include <vector>

#include "app/actor.h"
#include "app/app.h"
#include "domain/report.h"
#include "net/task.h"

namespace hoopoe::app {

// Asks the operators to look at an account and some of its posts. Refusal{not_found} for an account that is
// not shown; {invalid} for oneself and for a comment that is too long. {too_many} with
// open_reports_max that wait for an answer. Posts that are not the target's, or
// not the reporter's to read, are left out.
net::Task<Report> report(App& app, Actor actor, Report wish);

}  // namespace hoopoe::app
