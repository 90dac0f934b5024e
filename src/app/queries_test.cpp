#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.h"
#include "app/block.h"
#include "app/conversation.h"
#include "app/edit.h"
#include "app/erase.h"
#include "app/expire.h"
#include "app/export.h"
#include "app/follow.h"
#include "app/keep.h"
#include "app/live.h"
#include "app/moderate.h"
#include "app/notifications.h"
#include "app/oauth.h"
#include "app/occasions.h"
#include "app/photos.h"
#include "app/publish.h"
#include "app/report.h"
#include "app/rules.h"
#include "app/sign_in.h"
#include "app/sign_up.h"
#include "app/strangers.h"
#include "app/timelines.h"
#include "crypto/hash.h"
#include "store/accounts.h"
#include "store/audit.h"
#include "store/email_blocks.h"
#include "store/held_posts.h"
#include "store/oauth.h"
#include "store/outbox.h"
#include "store/people.h"
#include "store/posts.h"
#include "store/reports.h"
#include "store/sql/plan.h"
#include "tests/support/live_reader.h"
#include "tests/support/random_history.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

// What may sort or scan, each with its reason.
const store::sql::PlanRules rules{
    // One row; the erasures that a crash cut short; what operators typed in; the wrapper's list of the
    // schema.
    .small_tables = {"totals", "erasures", "email_blocks", "posting_rules"},
    .exempt =
        {
            // At most a page of each author followed, then the newest of these.
            "with authors(id, reposts)",
            // The same of each who speaks at an event.
            "with speakers(id)",
            // At most two pages, one of each side.
            "select id from (select * from (select e.post_id as id from exchanges",
            "select id from (select * from (select p.id from posts",
            // The apps that one person let in.
            "select client_id, min(created) from tokens",
            // At most so many posts of one thread as the caller says.
            "with recursive up(id, depth)",
            "with recursive down(id, depth)",
        },
};

class Queries : public testing::Test {
 protected:
  void everything_that_people_do();
  void everything_that_is_looked_at(const Actor& viewer, PostId post);
  void everything_that_is_taken_away(const Actor& owner);
  void the_coming_and_going();
  void what_operators_and_nobody_else_ask();

  store::sql::StatementLog log_;
  tests::TestSquare square_{{.directory = {}, .statements = &log_}};
  App& app_ = square_.app();
};

void Queries::everything_that_people_do() {
  square_.live().start();
  tests::RandomHistory history(square_, 1);
  tests::LiveReader home_reader(square_.live(), tests::home_channel(history.people()[0].account),
                                history.people()[0]);
  for (int i = 0; i < 300; ++i) history.step();
  tests::LiveReader again(square_.live(), tests::everyone_channel(), {}, EventId{1});
  tests::settle(square_.live());
  everything_that_is_looked_at(history.people()[0], history.posts().front());
  everything_that_is_looked_at(Actor{}, history.posts().front());
  const Actor locked = square_.person("locked");
  square_.run(update_profile(app_, locked, {.fields = {{{"tea", "yes"}}}, .locked = true}));
  square_.run(follow(app_, history.people()[0], locked.account, {}));
  const Draft twice{.text = "once", .idempotency_key = "wish"};
  square_.publish(locked, twice);
  square_.publish(locked, twice);
  const PostId kept = square_.publish(locked, "kept").post->id;
  square_.run(edit_post(app_, locked, kept, {.text = "kept and mended"}));
  square_.run(bookmark(app_, locked, kept));
  square_.run(undo_bookmark(app_, locked, kept));
  square_.run(mute_conversation(app_, locked, kept));
  home(app_, locked.account, {});
  square_.run(unmute_conversation(app_, locked, kept));
  square_.run(pin(app_, locked, kept));
  square_.run(unpin(app_, locked, kept));
  square_.run(plan_occasion(app_, locked, kept, {.speakers = {"jack"}}));
  find_occasion(app_, locked.account, kept);
  const auto photo = square_.run(upload_photo(app_, locked, tests::one_colour(8, 8), {}));
  square_.run(describe_photo(app_, locked, {.id = photo.id, .description = "a bird"}));
  find_photo(app_, photo.name, locked.account, Role::moderator);
  square_.run(delete_photo(app_, locked, photo.id));
  erase_photo_files(app_);
  square_.run(set_markers(app_, locked, {{"home", 1}}));
  square_.run(answer_follow_request(app_, locked, history.people()[0].account, Verdict::accepted));
  square_.run(follow(app_, history.people()[1], locked.account, {}));
  square_.run(update_profile(app_, locked, {.locked = false}));
  square_.run(remove_follower(app_, locked, history.people()[1].account));
  square_.run(clear_notifications(app_, history.people()[0]));
  square_.refusal(dismiss_notification(app_, history.people()[0], NotificationId{1}));
}

void Queries::everything_that_is_looked_at(const Actor& viewer, PostId post) {
  for (const Page& page : {Page{}, Page{.max_id = 1'000'000'000'000'000'000}, Page{.min_id = 1}}) {
    home(app_, viewer.account, page);
    public_timeline(app_, viewer.account, page);
    tag_timeline(app_, viewer.account, "spring", page);
    public_timeline(app_, viewer.account, page, Showing::photos);
    tag_timeline(app_, viewer.account, "spring", page, Showing::photos);
    notifications(app_, viewer.account, {}, page);
    const AccountId jack = account_by_address(app_, "jack").id;
    const AccountId sara = account_by_address(app_, "sara").id;
    author_timeline(app_, viewer.account, jack, {}, page);
    photo_timeline(app_, viewer.account, jack, page);
    live_timeline(app_, viewer.account, jack, page);
    occasion_timeline(app_, viewer.account,
                      {.summary = PostId{1}, .holder = sara, .speakers = {jack, sara}, .ended = {}}, page);
    exchange(app_, viewer.account, jack, sara, page);
    followers(app_, anonymous, jack, page);
    following(app_, anonymous, jack, page);
    tests::refusal_of([&] { favourited_by(app_, viewer.account, post, page); });
    tests::refusal_of([&] { reposted_by(app_, viewer.account, post, page); });
    bookmarks(app_, viewer.account, page);
    favourites(app_, viewer.account, page);
    follow_requests(app_, viewer.account, page);
    blocked_accounts(app_, viewer.account, page);
    muted_accounts(app_, viewer.account, page);
    relations(app_, viewer.account, {jack, sara});
  }
  tests::refusal_of([&] { conversation(app_, viewer.account, post); });
  tests::refusal_of([&] { history(app_, viewer.account, post); });
  pinned(app_, viewer.account, account_by_address(app_, "jack").id);
  authorized_apps(app_, viewer);
  unread_notifications(app_, viewer.account, {}, 100);
  search_accounts(app_, viewer.account, "s", 5);
}

void Queries::everything_that_is_taken_away(const Actor& owner) {
  may_export(app_, owner);
  export_profile(app_, owner);
  for (const ExportPart part : export_parts) {
    for (const std::int64_t before : {std::int64_t{0}, std::int64_t{1'000'000'000'000'000'000}}) {
      square_.run(export_slice(app_, owner, part, before));
    }
  }
}

void Queries::the_coming_and_going() {
  const Actor mina = *find_session(
      app_,
      square_.run(sign_in(app_, {.login = "mina", .password = std::string(tests::TestSquare::password)})));
  sessions(app_, mina);
  everything_that_is_taken_away(mina);
  const RegisteredClient ivory = square_.run(register_client(
      app_, {.name = "Ivory", .website = {}, .redirect_uris = {"https://ivory.example/"}, .scopes = {}}));
  const IssuedToken own = square_.run(issue_token(app_, {.grant_type = "client_credentials",
                                                         .client_key = ivory.client.key,
                                                         .client_secret = ivory.secret,
                                                         .code = {},
                                                         .redirect_uri = {},
                                                         .code_verifier = {},
                                                         .scope = {}}));
  square_.clock().advance(std::chrono::days(1));
  square_.run(keep_app_token(app_, *authenticate(app_, own.secret)));
  const std::string code = square_.run(authorize(app_, mina,
                                                 {.response_type = "code",
                                                  .client_key = ivory.client.key,
                                                  .redirect_uri = "https://ivory.example/",
                                                  .scope = {},
                                                  .state = {},
                                                  .code_challenge = {},
                                                  .code_challenge_method = {}}));
  const IssuedToken token = square_.run(issue_token(app_, {.grant_type = "authorization_code",
                                                           .client_key = ivory.client.key,
                                                           .client_secret = ivory.secret,
                                                           .code = code,
                                                           .redirect_uri = "https://ivory.example/",
                                                           .code_verifier = {},
                                                           .scope = {}}));
  const Actor by_app = *authenticate(app_, token.secret);
  square_.publish(by_app, "from an app");
  home(app_, by_app.account, {});
  tests::LiveReader reader(square_.live(), tests::home_channel(by_app.account), by_app);
  tests::LiveReader browser(square_.live(), tests::home_channel(mina.account), mina);
  tests::settle(square_.live());
  square_.run(revoke_token(app_, ivory.client.key, ivory.secret, token.secret));
  square_.run(change_password(app_, mina, std::string(tests::TestSquare::password), "another password"));
  square_.run(end_session(app_, mina, mina.session));
  square_.db().write_blocking(
      [](store::Write& write) { store::people::insert_invite(write, crypto::sha256("come in"), 1); });
  app_.sign_up_mode = SignUpMode::invite;
  square_.run(sign_up(app_, {.handle = "guest",
                             .email = "guest@example.org",
                             .password = "long enough",
                             .reason = {},
                             .invite = "come in"}));
}

void Queries::what_operators_and_nobody_else_ask() {
  const Actor someone = square_.person("someone");
  const Actor spammer = square_.person("spammer");
  const PostId post = square_.publish(spammer, "buy this").post->id;
  const Report reported = square_.run(report(app_, someone, {.target = spammer.account, .posts = {post}}));
  square_.db().write_blocking([&](store::Write& write) {
    store::reports::open(write, {}, 10);
    store::reports::find(write, reported.id);
    store::reports::close(write, reported.id);
    take_down_post(write, post, {});
    restore_post(write, post, {});
    erase_old_takedowns(write);
    block_email(write, "example.net", {});
    store::email_blocks::list(write);
    unblock_email(write, "example.net", {});
    store::audit::list(write, {});
    store::audit::about(write, spammer.account, 10);
    store::reports::reported_revision(write, post);
    store::people::waiting(write, {}, 10);
  });
  const RuleId rule = square_.db().write_blocking([](store::Write& write) {
    try_rule(write, {.words = {"buy"}});
    return add_rule(write, {.words = {"buy"}}, {});
  });
  for (const char* words : {"buy one", "buy two", "buy three"}) {
    tests::refusal_of([&] { square_.publish(spammer, words); });
  }
  square_.db().write_blocking([&](store::Write& write) {
    const auto waiting = store::held_posts::list(write, {}, 10);
    withdraw_post(write, spammer, waiting.at(0).id);
    turn_down_post(write, waiting.at(1).id, {});
    release_post(app_, write, waiting.at(2).id, {});
    remove_rule(write, rule, {});
  });
  const AccountId omid = account_by_address(app_, "omid").id;
  square_.db().write_blocking([&](store::Write& write) {
    const PersonId person = store::people::find_owner(write, omid)->id;
    store::people::set_role(write, person, Role::moderator);
    store::people::approve(write, person);
    store::accounts::list(write, {}, 10);
    store::accounts::totals(write);
    store::oauth::erase_tokens_of_person(write, person);
    store::sessions::erase_of_person(write, person);
    store::follows::take_request(write, omid, omid);
    suspend(write, omid);
    unsuspend(write, omid);
    warn_account(write, spammer.account, {.by = {}, .reason = "spam"});
    limit_account(write, spammer.account, {});
    unlimit_account(write, spammer.account, {});
    finish_post_erasures(write);
    erase_expired(write);
    count_strangers(write, someone, {omid});
    erase_account(write, omid);
  });
  square_.db().write_blocking(finish_account_erasures);
}

TEST_F(Queries, every_statement_of_the_product_is_served_by_an_index) {
  everything_that_people_do();
  the_coming_and_going();
  what_operators_and_nobody_else_ask();
  tests::settle(square_.live());
  const std::set<std::string> statements = log_.texts();
  EXPECT_GT(statements.size(), 100U);
  for (const store::sql::PlanFault& fault : square_.db().read(
           [&](store::Read& read) { return store::sql::plan_faults(read, statements, rules); })) {
    ADD_FAILURE() << fault.step << "\n  " << fault.statement;
  }
}

}  // namespace
}  // namespace hoopoe::app
