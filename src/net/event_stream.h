#pragma once

#include <memory>

#include "net/admissions.h"
#include "net/io_thread.h"

namespace hoopoe::net {

// Writes the messages of a stream to a socket whose HTTP head has gone out, until one side ends it. On the io
// thread. An idle reader costs this one small object, with no coroutine and no buffer.
void start_event_stream(IoThread& thread, Socket socket, Admissions::Ticket ticket,
                        std::shared_ptr<Stream> stream);

}  // namespace hoopoe::net
