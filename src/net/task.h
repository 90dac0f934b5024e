#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

namespace hoopoe::net {

// What every coroutine at the edge returns. It runs on one io thread from start to end; the executor type is
// concrete because a type-erased one costs an allocation per wait.
using Executor = boost::asio::io_context::executor_type;
template <class T>
using Task = boost::asio::awaitable<T, Executor>;

}  // namespace hoopoe::net
