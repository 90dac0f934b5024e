#include "app/outgoing.h"

namespace hoopoe::app {

net::OutgoingOptions outgoing_options(const App& app) {
  return {.user_agent = "Hoopoe (" + app.public_url + ")",
          .private_addresses_allowed = app.settings.outgoing_allow_private_addresses};
}

}  // namespace hoopoe::app
