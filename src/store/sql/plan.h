#pragma once

#include <set>
#include <string>
#include <vector>

#include "store/sql/access.h"

namespace hoopoe::store::sql {

// For the test that looks at every statement of the product (StatementLog). Plans name a table by its alias.
struct PlanRules {
  // Tables and aliases that stay small whatever people do, so that reading all of one is no harm.
  std::set<std::string> small_tables;
  // Parts of statements that may sort or scan, each beside its reason in the test.
  std::vector<std::string> exempt;
};

struct PlanFault {
  std::string statement;
  // The step that gets slower with every row: a scan, or a sort of all that was found.
  std::string step;
};

// The steps that no index serves, of all these statements. A list parameter, a constant and a subquery (whose
// own steps are looked at) may be scanned.
std::vector<PlanFault> plan_faults(Read& read, const std::set<std::string>& statements,
                                   const PlanRules& rules);

}  // namespace hoopoe::store::sql
