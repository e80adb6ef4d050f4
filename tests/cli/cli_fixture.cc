#include "tests/cli/cli_fixture.h"

#include <sstream>

#include "services/cli/program.h"

namespace dossier {

Ran RunDossier(const std::vector<std::string>& arguments, const RunWith& with) {
  std::ostringstream out, err;
  std::istringstream in(with.in);
  Terminal terminal{.out = out, .err = err, .in = in, .width = with.width, .stop_on_signals = [&] {
                      return with.stop;
                    }};
  Ran ran;
  ran.status = RunProgram(arguments, terminal, with.channel);
  ran.out = out.str();
  ran.err = err.str();
  return ran;
}

Serving::Serving(const std::vector<grpc::Service*>& services) {
  grpc::ServerBuilder builder;
  for (grpc::Service* service : services) builder.RegisterService(service);
  server_ = builder.BuildAndStart();
  channel_ = server_->InProcessChannel({});
}

Serving::~Serving() {
  channel_.reset();
  server_->Shutdown(std::chrono::system_clock::now());
}

}  // namespace dossier
