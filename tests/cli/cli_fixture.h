// Runs the program in this process and keeps what it printed.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "grpcpp/grpcpp.h"

namespace dossier {

struct Ran {
  int status = 0;
  std::string out;
  std::string err;
};

struct RunWith {
  std::shared_ptr<grpc::Channel> channel = nullptr;
  std::string in;
  int width = 0;
  std::stop_token stop;
};

Ran RunDossier(const std::vector<std::string>& arguments, const RunWith& with = {});

// The services given, asked over an in-process channel. Nothing is owned.
class Serving {
 public:
  explicit Serving(const std::vector<grpc::Service*>& services);
  ~Serving();

  std::shared_ptr<grpc::Channel> channel() const { return channel_; }

 private:
  std::unique_ptr<grpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace dossier
