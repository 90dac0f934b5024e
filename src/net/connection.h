#pragma once

#include "net/admissions.h"
#include "net/io_thread.h"

namespace hoopoe::net {

// Serves HTTP on an accepted socket until one side ends it or it becomes a stream. On the io thread.
void start_connection(IoThread& thread, Socket socket, Admissions::Ticket ticket, const IpAddress& peer);

}  // namespace hoopoe::net
