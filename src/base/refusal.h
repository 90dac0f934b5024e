#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hoopoe {

// Why a request ends early. A face turns the kind into its own status; the number in each remark is HTTP's.
enum class RefusalKind {
  bad_request,   // 400: it can't be understood
  unauthorized,  // 401: no valid token or session
  forbidden,     // 403: known, and not allowed
  not_found,     // 404: not there, or not for this viewer
  gone,          // 410: was there, is deleted
  conflict,      // 409
  too_large,     // 413
  misdirected,   // 421: a host name that is not ours
  invalid,       // 422: understood, and breaks a rule
  held,          // 422: kept until a moderator has read it
  too_many,      // 429
  unavailable,   // 503: try again later
};

// Thrown where a request has to end; caught where its answer is made (STYLE.md) and shown to the person.
// public_text is safe to show anyone. The private cause goes to the log before the throw, never in here.
struct Refusal : std::runtime_error {
  // One failed field of a form, as sign-up answers it: ERR_TAKEN, ERR_BLANK ... (Mastodon API, POST
  // accounts).
  struct Detail {
    std::string field;
    std::string error;
    std::string description;
  };

  Refusal(RefusalKind why, const std::string& public_text, std::vector<Detail> fields = {})
      : std::runtime_error(public_text), kind(why), details(std::move(fields)) {}

  RefusalKind kind;
  std::vector<Detail> details;
};

// What a refusal says to people rather than to programs: without the "Validation failed: " that apps expect.
inline std::string_view without_prefix(std::string_view refusal) {
  constexpr std::string_view prefix = "Validation failed: ";
  return refusal.starts_with(prefix) ? refusal.substr(prefix.size()) : refusal;
}

}  // namespace hoopoe
