#include "app/sign_up.h"

#include <algorithm>
#include <vector>

#include "app/sign_in.h"
#include "base/refusal.h"
#include "crypto/hash.h"
#include "crypto/password.h"
#include "domain/handle.h"
#include "store/accounts.h"
#include "store/email_blocks.h"
#include "store/people.h"
#include "text/bidi.h"
#include "text/utf8.h"

namespace hoopoe::app {

namespace {

constexpr std::size_t email_bytes_max = 254;  // RFC 5321, 4.5.3.1.3
constexpr std::size_t reason_bytes_max = 2000;

using Details = std::vector<Refusal::Detail>;

std::string_view code_of(HandleError error) {
  switch (error) {
    case HandleError::blank:
      return "ERR_BLANK";
    case HandleError::too_long:
      return "ERR_TOO_LONG";
    case HandleError::bad_character:
      return "ERR_INVALID";
    case HandleError::reserved:
      return "ERR_RESERVED";
  }
  return "ERR_INVALID";
}

void check_email(std::string_view email, Details& details) {
  if (email.empty()) {
    details.push_back({"email", "ERR_BLANK", "can't be blank"});
    return;
  }
  const std::size_t at = email.rfind('@');
  const bool printable = std::ranges::all_of(email, [](unsigned char c) { return c > ' ' && c != 0x7f; });
  const auto points = text::decode(email);
  // C1 controls move an operator's terminal, bidi controls turn what it shows around.
  const bool plain = points &&
                     std::ranges::none_of(*points, [](char32_t c) { return c < U'\xa0' && c >= U'\x7f'; }) &&
                     text::strip_bidi_controls(email) == email;
  if (!printable || !plain || at == std::string_view::npos || at == 0 || at + 1 == email.size() ||
      email.size() > email_bytes_max) {
    details.push_back({"email", "ERR_INVALID", "is not an e-mail address"});
  }
}

[[noreturn]] void refuse(Details details) {
  std::string text = "Validation failed:";
  for (const auto& detail : details) {
    text += (text.back() == ':' ? " " : ", ") + detail.field + " " + detail.description;
  }
  throw Refusal(RefusalKind::invalid, text, std::move(details));
}

NewAccount insert(store::Write& write, const SignUp& wish, const Person& person) {
  if (store::email_blocks::matches(write, wish.email)) {
    refuse({{"email", "ERR_BLOCKED", "is not taken here"}});
  }
  const AccountId account = store::accounts::insert(write, wish.handle, "");
  const PersonId id = store::people::insert(write, person);
  store::people::add_member(write, id, account, "owner");
  return {.person = id, .account = account, .approved = person.approved.has_value()};
}

}  // namespace

void check_sign_up(const SignUp& wish) {
  Details details;
  if (const auto handle = parse_handle(wish.handle); !handle) {
    details.push_back(
        {"username", std::string(code_of(handle.error())), std::string(describe(handle.error()))});
  }
  check_email(wish.email, details);
  try {
    check_password(wish.password);
  } catch (const Refusal& refusal) {
    details.insert(details.end(), refusal.details.begin(), refusal.details.end());
  }
  if (wish.reason.size() > reason_bytes_max) details.push_back({"reason", "ERR_TOO_LONG", "is too long"});
  if (!details.empty()) refuse(std::move(details));
}

net::Task<NewAccount> sign_up(App& app, SignUp wish,
                              std::function<void(store::Write&, const NewAccount&)> also) {
  if (app.sign_up_mode == SignUpMode::closed) {
    throw Refusal(RefusalKind::forbidden, "This server takes no new accounts.");
  }
  check_sign_up(wish);
  const std::string hash = co_await app.workers.run([&] { return crypto::hash_password(wish.password); });
  co_return co_await app.db.write([&](store::Write& write) {
    if (app.sign_up_mode == SignUpMode::invite &&
        !store::people::use_invite(write, crypto::sha256(wish.invite))) {
      refuse({{"invite", "ERR_INVALID", "is not a good invitation"}});
    }
    Person person{.email = wish.email, .password_hash = hash, .reason = wish.reason};
    if (app.sign_up_mode != SignUpMode::approval) person.approved = write.now();
    NewAccount made = insert(write, wish, person);
    if (also) also(write, made);
    return made;
  });
}

NewAccount create_account(store::Write& write, const SignUp& wish, const std::string& password_hash,
                          Role role) {
  return insert(write, wish,
                {.email = wish.email, .password_hash = password_hash, .role = role, .approved = write.now()});
}

}  // namespace hoopoe::app
