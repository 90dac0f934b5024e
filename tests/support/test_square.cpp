#include "tests/support/test_square.h"

#include "app/publish.h"
#include "app/sign_up.h"
#include "crypto/password.h"
#include "domain/scopes.h"
#include "store/known.h"
#include "store/schema.h"

namespace hoopoe::tests {

namespace {

constexpr std::chrono::minutes never_on_a_busy_machine{1};

store::DatabaseOptions database_options(const std::filesystem::path& directory, const Clock& clock,
                                        app::LiveHub& live, const TestSquareOptions& options) {
  return {.directory = directory / "data",
          .migrations = store::schema(),
          .clock = &clock,
          .read_deadline = never_on_a_busy_machine,
          .write_deadline = never_on_a_busy_machine,
          .known = std::make_shared<store::Known>(),
          .on_commit = [&live] { live.wake(); },
          .durability = store::sql::Durability::normal,
          .statements = options.statements};
}

std::filesystem::path made(std::optional<TemporaryDirectory>& own, const std::filesystem::path& directory) {
  return directory.empty() ? own.emplace().path() : directory;
}

// Argon2 takes its time; once is enough for all.
const std::string& password_hash() {
  static const std::string hash = crypto::hash_password(TestSquare::password);
  return hash;
}

}  // namespace

TestSquare::TestSquare(const TestSquareOptions& options)
    : clock_(options.start),
      db_(database_options(made(directory_, options.directory), clock_, live_, options)),
      workers_(2),
      drawing_(1),
      blobs_((options.directory.empty() ? directory_->path() : options.directory) / "photos"),
      live_(db_),
      homes_(db_),
      bursts_(clock_, settings_),
      app_{.settings = settings_,
           .clock = clock_,
           .db = db_,
           .workers = workers_,
           .drawing = drawing_,
           .blobs = blobs_,
           .live = live_,
           .homes = homes_,
           .bursts = bursts_,
           .public_url = "http://square.test",
           .host = "square.test",
           .sign_up_mode = SignUpMode::open} {}

TestSquare::~TestSquare() {
  live_.stop();
  workers_.stop();
  drawing_.stop();
  db_.stop();
}

app::Actor TestSquare::person(std::string_view handle, Role role) {
  const app::SignUp wish{.handle = std::string(handle),
                         .email = std::string(handle) + "@example.org",
                         .password = std::string(password),
                         .reason = {},
                         .invite = {}};
  const app::NewAccount made = db_.write_blocking(
      [&](store::Write& write) { return app::create_account(write, wish, password_hash(), role); });
  return {.person = made.person,
          .account = made.account,
          .client = {},
          .token = {},
          .session = {},
          .scopes = *Scopes::parse("read write follow push")};
}

app::PostView TestSquare::publish(const app::Actor& actor, std::string_view text, PostId reply_to) {
  return publish(actor, Draft{.text = std::string(text), .reply_to = reply_to});
}

app::PostView TestSquare::publish(const app::Actor& actor, Draft draft) {
  return run(app::publish(app_, actor, std::move(draft)));
}

}  // namespace hoopoe::tests
