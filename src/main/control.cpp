#include "main/control.h"

#include <thread>
#include <tuple>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/json.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/refusal.h"

namespace hoopoe {

namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using Protocol = asio::local::stream_protocol;
using boost::system::error_code;

constexpr std::size_t command_bytes_max = std::size_t{1} << 20;
constexpr std::chrono::seconds patience{5};  // with a peer that sends no command, or takes no answer

// A socket's address has 107 bytes at most (unix(7)). Through a descriptor of its folder, every path is
// short.
class Address {
 public:
  explicit Address(const std::filesystem::path& socket)
      : folder_(open(socket.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)),
        endpoint_("/proc/self/fd/" + std::to_string(folder_) + "/" + socket.filename().string()) {}
  ~Address() {
    if (folder_ >= 0) close(folder_);
  }
  Address(const Address&) = delete;
  Address& operator=(const Address&) = delete;

  const Protocol::endpoint& endpoint() const { return endpoint_; }

 private:
  int folder_;
  Protocol::endpoint endpoint_;
};

json::object run_line(const ControlServer::Run& run, const std::string& line) {
  try {
    const json::value parsed = json::parse(line);
    const json::object* command = parsed.if_object();
    if (command == nullptr) return {{"error", "A command is one JSON object."}};
    return {{"output", run(*command)}};
  } catch (const Refusal& refusal) {
    return {{"error", refusal.what()}};
  } catch (const std::exception& error) {
    log::error("control: {}", error.what());
    return {{"error", error.what()}};
  }
}

// One command: its line comes in, its answer goes out. Others get their turn while a peer is slow.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(Protocol::socket socket, const ControlServer::Run& run)
      : socket_(std::move(socket)), timer_(socket_.get_executor()), run_(run) {}

  void start() {
    give_up_later();
    asio::async_read_until(
        socket_, asio::dynamic_buffer(line_, command_bytes_max), '\n',
        [self = shared_from_this()](const error_code& error, std::size_t) { self->on_line(error); });
  }

 private:
  void on_line(const error_code& error) {
    timer_.cancel();
    const bool too_long = error == asio::error::not_found;
    if (error && !too_long) return;
    answer_ = json::serialize(too_long ? json::object{{"error", "The command is too long."}}
                                       : run_line(run_, line_)) +
              "\n";
    give_up_later();
    asio::async_write(socket_, asio::buffer(answer_),
                      [self = shared_from_this()](const error_code&, std::size_t) { self->timer_.cancel(); });
  }

  void give_up_later() {
    timer_.expires_after(patience);
    timer_.async_wait([self = shared_from_this()](const error_code& cancelled) {
      error_code ignored;
      if (!cancelled) std::ignore = self->socket_.close(ignored);
    });
  }

  Protocol::socket socket_;
  asio::steady_timer timer_;
  const ControlServer::Run& run_;
  std::string line_;
  std::string answer_;
};

}  // namespace

class ControlServer::Listener {
 public:
  Listener(const std::filesystem::path& path, Run run) : path_(path), run_(std::move(run)) {
    std::filesystem::remove(path_);
    acceptor_.open();
    // Before it has a name, so that it never is anybody else's (unix(7): its mode is that of the file).
    fchmod(acceptor_.native_handle(), S_IRUSR | S_IWUSR);
    acceptor_.bind(Address(path_).endpoint());
    acceptor_.listen();
    accept();
    thread_ = std::thread([this] { io_.run(); });
  }

  ~Listener() {
    io_.stop();
    thread_.join();
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }

 private:
  void accept() {
    acceptor_.async_accept([this](error_code error, Protocol::socket socket) {
      if (error) return accept_later();
      std::make_shared<Session>(std::move(socket), run_)->start();
      accept();
    });
  }

  // Such as when too many files are open.
  void accept_later() {
    pause_.expires_after(std::chrono::seconds(1));
    pause_.async_wait([this](const error_code& cancelled) {
      if (!cancelled) accept();
    });
  }

  std::filesystem::path path_;
  Run run_;
  asio::io_context io_;
  Protocol::acceptor acceptor_{io_};
  asio::steady_timer pause_{io_};
  std::thread thread_;
};

ControlServer::ControlServer(const std::filesystem::path& socket, Run run)
    : listener_(std::make_unique<Listener>(socket, std::move(run))) {}
ControlServer::~ControlServer() = default;

std::optional<std::string> ask_server(const std::filesystem::path& path, const json::object& command) {
  asio::io_context io;
  Protocol::socket socket(io);
  error_code error;
  std::ignore = socket.connect(Address(path).endpoint(), error);
  if (error) return std::nullopt;
  asio::write(socket, asio::buffer(json::serialize(command) + "\n"), error);
  std::string line;
  asio::read(socket, asio::dynamic_buffer(line), error);  // to its end: a list has no limit
  if (!line.ends_with('\n')) throw Refusal(RefusalKind::unavailable, "The server ended before it answered.");
  const json::value parsed = json::parse(line);
  const json::object& answer = parsed.as_object();
  if (const json::value* refused = answer.if_contains("error")) {
    throw Refusal(RefusalKind::bad_request, std::string(refused->as_string()));
  }
  return std::string(answer.at("output").as_string());
}

}  // namespace hoopoe
