#pragma once

#include "app/app.h"
#include "net/outgoing.h"

namespace hoopoe::app {

// How this square asks others: under its own name, and where its settings let it.
net::OutgoingOptions outgoing_options(const App& app);

}  // namespace hoopoe::app
