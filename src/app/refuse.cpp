#include "app/refuse.h"

#include <fmt/format.h>

#include "base/refusal.h"
#include "text/utf8.h"
#include "text/validate.h"

namespace hoopoe::app {

void refuse_as_invalid(std::string_view what) {
  throw Refusal(RefusalKind::invalid, fmt::format("Validation failed: {}", what));
}

void require_text(std::string_view name, std::string_view text, std::size_t characters_max) {
  const auto points = text::decode(text);
  if (!points) refuse_as_invalid(fmt::format("{} is not valid UTF-8", name));
  if (points->size() > characters_max) {
    refuse_as_invalid(fmt::format("{} is too long (maximum is {} characters)", name, characters_max));
  }
  if (text::holds_controls(text)) refuse_as_invalid(fmt::format("{} holds control characters", name));
}

}  // namespace hoopoe::app
