#include <fmt/format.h>

#include "app/block.h"
#include "app/follow.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/post_values.h"
#include "web/times.h"

namespace hoopoe::web {

namespace {

void fill_person(Values& row, const Account& person) {
  row.set("URL", path_of(person)).set("NAME", person.shown_name()).set("HANDLE", person.handle);
  fill_tile(row, person);
  if (!person.bio.empty()) row.section("BIO").set_html("WORDS_HTML", render_words(person.bio));
}

struct Button {
  std::string action;  // where it posts to
  std::string_view words;
};

// Lists of one's own have buttons beside each person.
using AddButtons = std::vector<Button> (*)(const Account& person);

net::Response show(Context& context, HtmlPage page, const app::AccountPage& people, const Page& wanted,
                   AddButtons buttons) {
  page.values.set("TITLE", page.title);
  for (const Account& person : people.accounts) {
    Values& row = page.values.section("PERSON");
    fill_person(row, person);
    if (buttons == nullptr) continue;
    Values& act = row.section("ACT");
    for (const Button& button : buttons(person)) {
      act.section("BUTTON").set("ACTION", button.action).set("WORDS", button.words);
    }
  }
  if (people.accounts.empty()) page.values.section("EMPTY");
  add_pager(page.values, wanted, covered_by(people.covered, wanted), context.request.path);
  return render(context, std::move(page));
}

using PublicList = app::AccountPage (*)(app::App&, app::Viewer, AccountId, const Page&);

net::Response show_of_account(Context& context, PublicList list, std::string_view which) {
  const Account account = captured_account(context);
  const Page wanted = read_page(context, accounts_page_limit_default);
  const app::AccountPage people = list(context.app, context.viewer(), account.id, wanted);
  HtmlPage page{.title = fmt::format("{} of @{}", which, account.handle), .body = "people.html"};
  page.values.section("OF").set("NAME", account.shown_name()).set("URL", path_of(account));
  return show(context, std::move(page), people, wanted, nullptr);
}

using OwnList = app::AccountPage (*)(app::App&, AccountId, const Page&);

net::Response show_own(Context& context, OwnList list, std::string_view title, AddButtons buttons) {
  const Page wanted = read_page(context, accounts_page_limit_default);
  const app::AccountPage people = list(context.app, context.viewer(), wanted);
  return show(context, {.title = std::string(title), .body = "people.html"}, people, wanted, buttons);
}

std::string account_act(const Account& account, std::string_view act) {
  return fmt::format("/accounts/{}/{}", account.id.str(), act);
}

std::vector<Button> answers(const Account& person) {
  const std::string request = "/follow-requests/" + person.id.str();
  return {{.action = request + "/accept", .words = "Accept"},
          {.action = request + "/reject", .words = "Reject"}};
}

std::vector<Button> unblocking(const Account& person) {
  return {{.action = account_act(person, "unblock"), .words = "Unblock"}};
}

std::vector<Button> unmuting(const Account& person) {
  return {{.action = account_act(person, "unmute"), .words = "Unmute"}};
}

}  // namespace

net::Task<net::Response> followers(Context& context) {
  co_return show_of_account(context, app::followers, "Followers");
}

net::Task<net::Response> following(Context& context) {
  co_return show_of_account(context, app::following, "Following");
}

net::Task<net::Response> follow_requests(Context& context) {
  co_return show_own(context, app::follow_requests, "Who asks to follow you", answers);
}

net::Task<net::Response> blocked_accounts(Context& context) {
  co_return show_own(context, app::blocked_accounts, "Whom you blocked", unblocking);
}

net::Task<net::Response> muted_accounts(Context& context) {
  co_return show_own(context, app::muted_accounts, "Whom you muted", unmuting);
}

}  // namespace hoopoe::web
