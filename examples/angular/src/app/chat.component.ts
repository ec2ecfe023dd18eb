import 'gc-auth-messenger/define.js';
import type { TokenInfo } from 'gc-auth-messenger';
import { Component, CUSTOM_ELEMENTS_SCHEMA } from '@angular/core';

@Component({
  selector: 'app-chat',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <gc-auth-messenger
      deployment-id="3f0c1c2e-8d4b-4b7a-9f6e-2a1d5c7e9b10"
      environment="prod-euw1"
      script-url="http://localhost:8083/genesys-bootstrap/genesys.min.js"
      authority="http://localhost:8081"
      [attr.client-id]="clientId"
      redirect-uri="http://localhost:5173/callback.html"
      scope="openid profile email offline_access"
      (gc-token)="onToken($event)"
    ></gc-auth-messenger>
  `,
})
export class ChatComponent {
  readonly clientId = 'messenger-web';

  onToken({ detail }: CustomEvent<TokenInfo>): void {
    console.log(detail.expiresAt);
  }
}
