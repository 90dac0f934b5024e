#pragma once

#include <string>
#include <string_view>

#include "base/refusal.h"
#include "web/template.h"

namespace hoopoe::web {

// What was wrong with a form, beside each field: {{#HANDLE_ERROR}}{{WORDS}}{{/HANDLE_ERROR}} for a detail of
// the field "username", and ERROR for what belongs to none.
void add_errors(Values& values, const Refusal& refusal);

}  // namespace hoopoe::web
