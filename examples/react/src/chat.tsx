import 'gc-auth-messenger/define.js';
import type {} from 'gc-auth-messenger/jsx';

export function Chat() {
  return (
    <gc-auth-messenger
      deployment-id="3f0c1c2e-8d4b-4b7a-9f6e-2a1d5c7e9b10"
      environment="prod-euw1"
      script-url="http://localhost:8083/genesys-bootstrap/genesys.min.js"
      authority="http://localhost:8081"
      client-id="messenger-web"
      redirect-uri="http://localhost:5173/callback.html"
      scope="openid profile email offline_access"
      ongc-token={({ detail }) => console.log(detail.expiresAt)}
    />
  );
}
