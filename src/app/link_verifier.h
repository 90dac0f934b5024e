#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "app/app.h"
#include "base/repeating_thread.h"
#include "net/outgoing.h"

namespace hoopoe::app {

// The address that the value of a profile field is, when it is one and nothing else.
std::optional<std::string> link_of_field(std::string_view value);

// Looks, in a thread of its own, whether pages that profiles link to link back to the profile with rel="me":
// then the field is verified, as Mastodon's apps show it. Each is looked at once, some seconds after the
// profile was saved; to have it looked at again one saves it again. A page that is found only by way of
// another site verifies nothing. What is verified stays so until it is changed.
class LinkVerifier {
 public:
  explicit LinkVerifier(App& app);

 private:
  // False when none is left.
  bool check_next(const std::stop_token& stopping);

  App& app_;
  net::OutgoingClient client_;
  RepeatingThread thread_;
};

}  // namespace hoopoe::app
