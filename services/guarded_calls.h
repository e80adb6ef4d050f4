// What the guards of guard.h are made of: a check of the caller's token before a handler of either
// of gRPC's interfaces.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "grpcpp/grpcpp.h"
#include "services/status_details.h"
#include "services/tokens.h"

namespace dossier {

// Who calls, if the token has the role; what is denied is logged.
absl::StatusOr<Caller> CallerOf(const Tokens& tokens, const grpc::ServerContextBase& context,
                                Role role);

void LogDenial(const grpc::ServerContextBase& context, const std::string& reason);

// A stream that ends before it began.
template <typename Reactor>
class Denied : public Reactor {
 public:
  explicit Denied(const absl::Status& status) { this->Finish(ToGrpc(status)); }
  void OnDone() override { delete this; }
};

// What a handler of either interface takes and gives.
struct Sync {
  using Context = grpc::ServerContext;
  using Unary = grpc::Status;
  static Unary Deny(Context*, const absl::Status& status) { return ToGrpc(status); }
};

struct Callback {
  using Context = grpc::CallbackServerContext;
  using Unary = grpc::ServerUnaryReactor*;
  static Unary Deny(Context* context, const absl::Status& status) {
    auto* reactor = context->DefaultReactor();
    reactor->Finish(ToGrpc(status));
    return reactor;
  }
};

template <typename Service, typename Api>
class GuardOf : public Service {
 public:
  GuardOf(Service& inner, const Tokens& tokens) : inner_(inner), tokens_(tokens) {}

 protected:
  template <typename Request, typename Response>
  typename Api::Unary Unary(Role role,
                            typename Api::Unary (Service::*method)(typename Api::Context*,
                                                                   const Request*, Response*),
                            typename Api::Context* context, const Request* request,
                            Response* response) {
    const absl::Status allowed = CallerOf(tokens_, *context, role).status();
    if (!allowed.ok()) return Api::Deny(context, allowed);
    return (inner_.*method)(context, request, response);
  }

  Service& inner_;
  const Tokens& tokens_;
};

}  // namespace dossier
