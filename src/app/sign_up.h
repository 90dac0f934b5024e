#pragma once

#include <functional>
#include <string>

#include "app/app.h"
#include "domain/person.h"
#include "net/task.h"

namespace hoopoe::app {

struct SignUp {
  std::string handle;
  std::string email;
  std::string password;
  std::string reason;  // for the operator, where they approve
  std::string invite;  // where one is needed
};

struct NewAccount {
  PersonId person;
  AccountId account;
  bool approved = false;
};

// What anybody may do, as far as sign_up.mode lets them. Refusal{forbidden} when it does not, {invalid} with
// a detail for each field that is wrong or taken.
// `also` is done in the same write, all or nothing.
net::Task<NewAccount> sign_up(App& app, SignUp wish,
                              std::function<void(store::Write&, const NewAccount&)> also = nullptr);

// What the operator does: approved at once, with any role, whatever the mode. The password is hashed already.
NewAccount create_account(store::Write& write, const SignUp& wish, const std::string& password_hash,
                          Role role);
// Refusal{invalid} with all that is wrong with the form of handle, e-mail and password.
void check_sign_up(const SignUp& wish);

}  // namespace hoopoe::app
