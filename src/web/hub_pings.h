#pragma once

#include <set>
#include <stop_token>
#include <string>

#include "app/app.h"
#include "base/repeating_thread.h"
#include "domain/event.h"
#include "net/outgoing.h"

namespace hoopoe::web {

// The addresses of the feeds that what happened changed, in all their formats. Of what is not for everyone,
// and of what is gone together with its author, none.
std::set<std::string> changed_feeds(app::App& app, const Event& event);

// Tells a WebSub hub (w3.org/TR/websub) which feeds changed, in a thread of its own: some seconds after the
// fact, many at once. What it could not be told it is told again for some minutes; what happens while the
// server is down it learns with the next change.
class HubPings {
 public:
  // Requires: App::settings.websub_hub.
  explicit HubPings(app::App& app);

 private:
  bool look();  // true when there is more
  bool tell(const std::stop_token& stopping);

  app::App& app_;
  net::OutgoingClient client_;
  EventId position_;
  std::set<std::string> changed_;
  int failures_ = 0;  // in a row
  RepeatingThread thread_;
};

}  // namespace hoopoe::web
