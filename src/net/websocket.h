#pragma once

#include "net/admissions.h"
#include "net/io_thread.h"

namespace hoopoe::net {

// Answers the handshake of a request that wants_websocket(), then carries text messages both ways until one
// side ends it. On the io thread.
void start_websocket(IoThread& thread, Socket socket, Admissions::Ticket ticket, const Request& request,
                     WebSocket websocket);

}  // namespace hoopoe::net
